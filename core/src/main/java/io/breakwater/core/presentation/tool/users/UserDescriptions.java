package io.breakwater.core.presentation.tool.users;

/** Descriptions and limits that arguments and results of users share. */
final class UserDescriptions {
    static final String ID = "The user's id.";
    static final String NAME = "The user's name, 1 to 200 characters.";
    static final String EMAIL = "The user's email address, which is unique regardless of case.";
    static final String VERSION = "The version of the user, which increases by one with each change.";

    static final int MAX_NAME_LENGTH = 200;
    static final int MAX_EMAIL_LENGTH = 254;

    /** One @ with characters on both sides; spaces are allowed only at the start and the end. */
    static final String EMAIL_PATTERN = "\\s*[^@\\s]+@[^@\\s]+\\s*";

    private UserDescriptions() {}
}
