from django import forms


class SignupForm(forms.Form):
    full_name = forms.CharField(max_length=250)

    def signup(self, request, user):
        """The adapter has saved the name with the user, in one statement."""
