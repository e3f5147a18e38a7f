"""What the tables of libraries keep here. Nothing in the databases is without a line.

Wagtail holds what editors write for everybody, and who of the team did what at the desk.
"""

from positivesocials.core.keeping import (
    ACCOUNT,
    REST,
    SITE,
    Tables,
    Until,
    coded,
    members,
    public,
    secret,
    tables,
)

DELETED = Until("articles", "an editor deletes it")
UNUSED = Until("unused", "somebody starts to use it: nothing is written there")
DRAFT = Until("desk_drafts", "it is saved, or the editor's account is erased", goes_with="accounts.Account")
JOBS = Until(
    "finished_jobs",
    "after the job ended",
    after="core.jobs.KEEP_FINISHED",
    by="core.jobs.forget_finished_jobs",
)
GIVEN_UP = Until(
    "jobs_given_up",
    "after the job was given up",
    after="core.jobs.KEEP_GIVEN_UP",
    by="core.jobs.forget_finished_jobs",
)
NOTHING = "this site does not use it"

PAGES = tables(
    "wagtailcore.Page",
    keeps=(
        public("title", "slug", "seo_title", "search_description", "url_path", why="articles and guides"),
        public("first_published_at", "last_published_at", "live", "locale", why="articles and guides"),
        coded("path", why="the order of the articles"),
        members("draft_title", why="an article before it is published"),
        members("owner", "locked_by", why="which editor an article belongs to", until=ACCOUNT),
        members(REST, why="how far an article is: draft, scheduled, published"),
    ),
    until=DELETED,
) | tables(
    "wagtailcore.Revision",
    keeps=(
        members("content", "object_str", why="earlier versions of an article, which may have been drafts"),
        members("user", why="which editor changed it", until=ACCOUNT),
        members(REST, why="earlier versions of an article"),
    ),
    until=DELETED,
)

DESK = (
    tables(
        "wagtailcore.PageLogEntry",
        "wagtailcore.ModelLogEntry",
        keeps=(
            members("user", why="which editor did it; the id stays when the account is gone"),
            members(REST, why="what editors did to which article"),
        ),
        until=SITE,
    )
    | tables(
        "wagtailadmin.EditingSession",
        "wagtailadmin.FormState",
        keeps=(members(REST, why="what an editor is writing right now"),),
        until=DRAFT,
    )
    | tables(
        "wagtailusers.UserProfile",
        keeps=(members(REST, why="how an editor likes the desk to look"),),
        until=ACCOUNT,
    )
    | tables(
        "wagtailcore.ReferenceIndex",
        keeps=(members(REST, why="which article links to which"),),
        until=DELETED,
    )
    | tables(
        "modelsearch.IndexEntry",
        "modelsearch.SQLiteFTSIndexEntry",
        keeps=(public(REST, why="finds articles at the desk; holds articles only"),),
        until=DELETED,
    )
    | tables(
        "wagtailcore.Site",
        "wagtailcore.Locale",
        "wagtailcore.Collection",
        keeps=(public(REST, why="what Wagtail needs to know of the site"),),
        until=SITE,
    )
)

RIGHTS = tables(
    "auth.Permission",
    "auth.Group",
    "auth.Group_permissions",
    "contenttypes.ContentType",
    "wagtailcore.GroupPagePermission",
    "wagtailcore.GroupSitePermission",
    "wagtailcore.GroupCollectionPermission",
    keeps=(members(REST, why="what the desk lets editors do; names no person"),),
    until=SITE,
)

QUEUE = tables(
    "django_tasks_database.DBTaskResult",
    keeps=(
        coded("args_kwargs", why="which rows a job is about: ids and nothing else"),
        coded(
            "exception_class_path",
            "traceback",
            why="the class of the error that stopped a job, without its text",
        ),
        members(REST, why="what waits, and what was done"),
    ),
    until=(JOBS, GIVEN_UP),
)

EMPTY = tables(
    "account.EmailAddress",
    "account.EmailConfirmation",
    "wagtailcore.APIToken",
    "taggit.Tag",
    "taggit.TaggedItem",
    "wagtailadmin.Admin",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.PageSubscription",
    "wagtailcore.UploadedFile",
    "wagtailcore.WorkflowContentType",
    "wagtailcore.WorkflowState",
    "wagtailcore.TaskState",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.PageViewRestriction_groups",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.CollectionViewRestriction_groups",
    keeps=(secret(REST, why=NOTHING),),
    until=UNUSED,
)

WORKFLOWS = tables(
    "wagtailcore.Workflow",
    "wagtailcore.WorkflowTask",
    "wagtailcore.WorkflowPage",
    "wagtailcore.Task",
    "wagtailcore.GroupApprovalTask",
    "wagtailcore.GroupApprovalTask_groups",
    keeps=(members(REST, why="made by Wagtail when it is installed, and switched off"),),
    until=SITE,
)

TABLES: Tables = PAGES | DESK | RIGHTS | QUEUE | EMPTY | WORKFLOWS
# Tables that no model stands for: the list of migrations, and what SQLite's search makes beside its index.
BARE = {"django_migrations", "modelsearch_indexentry_fts_"}
