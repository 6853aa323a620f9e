"""What a received file must keep to before anything of it is believed."""
