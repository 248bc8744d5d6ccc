"""What runs inside the user's virtual environment, apart from everything else of ours."""
