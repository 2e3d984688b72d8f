"""The look-alikes as policy reads them; they live with posts, because accounts read them too."""

from shared.posts.lookalikes import LOOKALIKES, Folds, fold, is_unseen

__all__ = ["LOOKALIKES", "Folds", "fold", "is_unseen"]
