from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class User(AbstractBaseUser):
    """A developer: known by the address, with a name, and without a username that would have to be made up."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=250)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
