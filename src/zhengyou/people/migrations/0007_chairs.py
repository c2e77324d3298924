"""Unions and women's federations are led from posts, no longer from seats. May run twice.

Of several heads at a time the first becomes the one 主席, the others 副主席.
"""

from django.db import migrations

POSTS = {"seat_deputy": "deputy_secretary", "seat_member": "committee_member"}
ORDER = {"secretary": 0, "deputy_secretary": 1, "committee_member": 2}


def give_posts(apps, schema_editor):
    Post = apps.get_model("people", "Post")
    seats = Post.objects.filter(organisation__kind__in=["union", "women"])
    for seat, role in POSTS.items():
        seats.filter(role=seat).update(role=role, order=ORDER[role])
    for post in seats.filter(role="seat_head").order_by("since", "pk").iterator():
        others = Post.objects.filter(organisation=post.organisation_id, role="secretary")
        if post.until is not None:
            others = others.filter(since__lt=post.until)
        taken = any(row.until is None or row.until > post.since for row in others)
        post.role = "deputy_secretary" if taken else "secretary"
        post.order = ORDER[post.role]
        post.save(update_fields=["role", "order"])


class Migration(migrations.Migration):
    dependencies = [("people", "0006_roll_count")]
    operations = [migrations.RunPython(give_posts, migrations.RunPython.noop)]
