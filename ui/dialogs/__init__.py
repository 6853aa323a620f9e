"""The few dialogs: new plan, export, about, shortcuts, fault report."""
