package io.breakwater.adapter.postgres.database;

/** The layers of the guard. */
enum Layer {
    /** Nothing, so that it shows what attacks do. */
    NONE("None"),

    /** The login role, as the documentation makes it. */
    ROLE("Role"),

    /** The scanner, the driver's parser and the verb. */
    ONE_STATEMENT("One statement"),

    /** The server's grammar around a cursor. */
    CURSOR("Cursor"),

    /** The transaction, pinned by its first query; made permanent, since the end is a layer of its own. */
    READ_ONLY("Read-only transaction"),

    /** What names reach. */
    FUNCTION_POLICY("Function policy"),

    /** The time that a statement may take, set before each. */
    TIME_LIMITS("Time limits"),

    /** The end of what was only to be read, and what is done for the session then. */
    ROLLBACK_AND_RESET("Rollback and proof");

    private final String title;

    Layer(String title) {
        this.title = title;
    }

    /** As the documentation calls it. */
    String title() {
        return title;
    }
}
