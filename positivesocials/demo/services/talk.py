"""What people wrote in groups, under their names and under aliases."""

from positivesocials.demo import material, past
from positivesocials.demo.material import Entry
from positivesocials.demo.services.people import account_of, own_profile
from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.groups.models import Group, Post
from positivesocials.profiles.models import new_salt
from positivesocials.replies.models import Reply


def write_in_welcome() -> None:
    welcome = founding.found_welcome()
    for entry in material.posts():
        write(welcome, entry)


def write(group: Group, entry: Entry) -> None:
    """A post with its replies, as long ago as it says."""
    post = _post(group, entry)
    past.posted(post, past.hours_ago(entry["hours_ago"]))
    if entry.get("pinned"):
        groups.pin_post(account_of(entry["author"]), post)
    for reply in entry.get("replies", ()):
        _reply(post, entry, reply, parent=None)


def _post(group: Group, entry: Entry) -> Post:
    author, key = account_of(entry["author"]), f"demo-{entry['key']}"
    title, text = entry["title"], entry["text"]
    if "alias" not in entry:
        return groups.write_post(author, group, title=title, text=text, client_key=key)
    return groups.write_post_as_alias(
        author, group, alias=entry["alias"], salt=new_salt(), title=title, text=text, client_key=key
    )


def _reply(post: Post, start: Entry, entry: Entry, *, parent: Reply | None) -> None:
    persona = post.persona if "alias" in entry else own_profile(entry["author"]).persona
    assert persona is not None
    written = groups.reply_to_post(
        account_of(entry["author"]),
        post,
        persona_id=persona.pk,
        text=entry["text"],
        parent_id=parent.pk if parent else None,
        client_key=f"demo-{start['key']}-{entry['hours_ago']}",
    )
    past.replied(written, past.hours_ago(entry["hours_ago"]))
    for answer in entry.get("replies", ()):
        _reply(post, start, answer, parent=written)
