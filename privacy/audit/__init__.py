"""The auditor's page: who saw, exported, revealed, changed, erased or was refused what, when and why, as one timeline."""

MAY_READ = "accounts.view_look"
