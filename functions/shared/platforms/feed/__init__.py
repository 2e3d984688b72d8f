"""Feeds: every post as an entry of its account's feed and of the force's, in RSS, Atom and JSON.

The story of a post, on a shelf of objects (S3) that anybody may read the public half of:

1. its pictures are copied beside where it will stand;
2. its account's list takes it in: one conditional write, and the moment it is said;
3. the force's list takes it in; its own page and entry are written; the views (`feed.json`,
   `atom.xml`, `rss.xml`, `index.html` of the account and of the force) are written anew from the
   lists.

Lists are the truth, everything else is made from them and may lag behind after a crash: whoever
looks (`find`) brings it up to date before saying that a post stands. A list has a generation that
only grows, every view tells the generation it shows, and no view is ever replaced by an older one.
What was taken away stays noted as gone, in the list and in the entry's own place: a late attempt
cannot bring it back. The same request again changes nothing; so nobody needs to ask before it.

A post that another one puts right keeps its words and its id; wherever it is told, they are struck
out beside those that are true (policy C10). Lists hold it as it was said: what is struck out
follows from which entry `corrects` which, and ends with the entry that does.
"""

from shared.platforms.feed.client import Feed

__all__ = ["Feed"]
