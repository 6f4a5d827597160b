"""What would happen: who would be told, where and how loud, from the rules themselves."""
