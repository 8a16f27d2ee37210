"""What each CRM exports: layouts as data, and code where a layout is not enough."""
