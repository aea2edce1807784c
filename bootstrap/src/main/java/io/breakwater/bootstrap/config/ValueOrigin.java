package io.breakwater.bootstrap.config;

/** Where a value is set. Its text form appears in messages. */
public sealed interface ValueOrigin {

    /** The default of the program. */
    ValueOrigin BUILT_IN = new BuiltIn();

    /** See {@link #BUILT_IN}. */
    record BuiltIn() implements ValueOrigin {
        @Override
        public String toString() {
            return "default";
        }
    }

    /**
     * A position in a configuration file.
     *
     * @param name the file, as the operator named it
     * @param line the line, starting at 1
     * @param column the column, starting at 1
     */
    record File(String name, int line, int column) implements ValueOrigin {
        @Override
        public String toString() {
            return name + ":" + line + ":" + column;
        }
    }

    /** An environment variable. */
    record Variable(String name) implements ValueOrigin {
        @Override
        public String toString() {
            return "$" + name;
        }
    }

    /** An option on the command line, as the user wrote it: {@code --port}, {@code --set http.port}. */
    record Option(String text) implements ValueOrigin {
        @Override
        public String toString() {
            return text;
        }
    }
}
