# Django groups no digits in Arabic, and 100000 is hard to read.
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
