package io.breakwater.core.presentation.tool.users;

/** What arguments and results say of users. */
final class UserDescriptions {
    static final String ID = "The user's number.";
    static final String NAME = "The user's name, 1 to 200 characters.";
    static final String EMAIL = "The user's email address; no two users have the same, whatever its case.";
    static final String VERSION = "Grows by one with each change.";

    static final int LONGEST_NAME = 200;
    static final int LONGEST_EMAIL = 254;

    /** One @ with something on both sides, and spaces at most around it. */
    static final String EMAIL_PATTERN = "\\s*[^@\\s]+@[^@\\s]+\\s*";

    private UserDescriptions() {}
}
