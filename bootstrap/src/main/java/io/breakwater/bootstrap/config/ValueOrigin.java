package io.breakwater.bootstrap.config;

/** Where a value was written. Its text form is how people are told. */
public sealed interface ValueOrigin {

    /** Shipped with the program. */
    ValueOrigin BUILT_IN = new BuiltIn();

    /** See {@link #BUILT_IN}. */
    record BuiltIn() implements ValueOrigin {
        @Override
        public String toString() {
            return "default";
        }
    }

    /**
     * A place in a configuration file.
     *
     * @param name the file as the operator named it
     * @param line the first is 1
     * @param column the first is 1
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

    /** An option on the command line, as it was written: {@code --port}, {@code --set http.port}. */
    record Option(String text) implements ValueOrigin {
        @Override
        public String toString() {
            return text;
        }
    }
}
