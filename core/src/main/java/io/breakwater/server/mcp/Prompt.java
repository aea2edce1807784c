package io.breakwater.server.mcp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words a user may choose to start with.
 *
 * @param name for programs
 * @param title for people, or null
 * @param description what it is for
 * @param arguments what to fill in
 * @param writer writes it
 */
public record Prompt(String name, @Nullable String title, String description, List<Argument> arguments, Writer writer) {

    /** Copies the arguments. */
    public Prompt {
        if (name.isBlank() || description.isBlank()) {
            throw new IllegalArgumentException("Prompt \"" + name + "\" needs a name and a description.");
        }
        arguments = List.copyOf(arguments);
    }

    /** Writes the messages. */
    @FunctionalInterface
    public interface Writer {
        /** The messages for these arguments; required ones are present. */
        List<Message> write(Map<String, String> arguments, Call call) throws Exception;
    }

    /**
     * What to fill in.
     *
     * @param completer proposes values, or null
     */
    public record Argument(
            String name,
            String description,
            boolean required,
            @Nullable Completer completer) {}

    /**
     * One message.
     *
     * @param role {@code user} or {@code assistant}
     */
    public record Message(String role, Content content) {
        /** What the user says. */
        public static Message user(Content content) {
            return new Message("user", content);
        }

        /** What the user says, in text. */
        public static Message user(String text) {
            return user(Content.text(text));
        }
    }

    /** Starts a prompt. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** A prompt being described. */
    public static final class Builder {
        private final String name;
        private @Nullable String title;
        private String description = "";
        private final List<Argument> arguments = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        /** The title for people. */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /** What it is for. */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /** An argument that must be given. */
        public Builder requiredArgument(String argument, String description) {
            return argument(new Argument(argument, description, true, null));
        }

        /** An argument that may be given. */
        public Builder optionalArgument(String argument, String description) {
            return argument(new Argument(argument, description, false, null));
        }

        /** An argument. */
        public Builder argument(Argument argument) {
            arguments.add(argument);
            return this;
        }

        /** Finishes it. */
        public Prompt handler(Writer writer) {
            return new Prompt(name, title, description, arguments, writer);
        }
    }
}
