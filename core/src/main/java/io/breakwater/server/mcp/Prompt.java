package io.breakwater.server.mcp;

import io.breakwater.port.AccessRequirements;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named template that a user can choose, and that produces messages for a model.
 *
 * @param name the name for programs
 * @param title the title for users, or null
 * @param description the purpose of the prompt
 * @param arguments the arguments that the user fills in
 * @param requirements what the prompt requires of its callers
 * @param writer the function that produces the messages
 */
public record Prompt(
        String name,
        @Nullable String title,
        String description,
        List<Argument> arguments,
        AccessRequirements requirements,
        Writer writer) {

    /** Copies the arguments, and refuses an empty name or description, and two arguments with one name. */
    public Prompt {
        Preconditions.notNull(name, "Prompt", "named");
        Preconditions.notNull(description, "Prompt " + name, "description");
        Preconditions.notNull(writer, "Prompt " + name, "handler");
        if (name.isBlank() || description.isBlank()) {
            throw new IllegalArgumentException("Prompt \"" + name + "\" must have a name and a description.");
        }
        arguments = List.copyOf(arguments);
        refuseEqualNames(name, arguments);
    }

    private static void refuseEqualNames(String prompt, List<Argument> arguments) {
        var names = new HashSet<String>();
        for (var argument : arguments) {
            if (!names.add(argument.name())) {
                throw new IllegalArgumentException("Prompt " + prompt + " has two arguments with the name "
                        + argument.name() + ". Give each argument a name of its own.");
            }
        }
    }

    /** Produces the messages of a prompt. */
    @FunctionalInterface
    public interface Writer {
        /** Returns the messages for these arguments, by name; all required arguments are present. */
        List<Message> write(Map<String, String> arguments, Call call) throws Exception;
    }

    /**
     * An argument of a prompt.
     *
     * @param name the name of the argument
     * @param description the purpose of the argument
     * @param required true if the client must send the argument
     * @param completer the source of suggestions, or null
     */
    public record Argument(
            String name,
            String description,
            boolean required,
            @Nullable Completer completer) {}

    /**
     * One message of a prompt.
     *
     * @param role {@code user} or {@code assistant}
     * @param content the content block
     */
    public record Message(String role, Content content) {
        /** Returns a message of the user. */
        public static Message user(Content content) {
            return new Message("user", content);
        }

        /** Returns a message of the user in text. */
        public static Message user(String text) {
            return user(Content.text(text));
        }
    }

    /** Returns a builder for a prompt with this name. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Builds a prompt. */
    public static final class Builder extends DefinitionBuilder<Builder> {
        private final String name;
        private final DefinitionDraft draft;
        private final List<Argument> arguments = new ArrayList<>();

        private Builder(String name) {
            this(name, new DefinitionDraft("Prompt", name, "named"));
        }

        private Builder(String name, DefinitionDraft draft) {
            super(draft);
            this.name = name;
            this.draft = draft;
        }

        /** Adds an argument that the client must send. */
        public Builder requiredArgument(String argument, String description) {
            return argument(new Argument(argument, description, true, null));
        }

        /** Adds an argument that the client may omit. */
        public Builder optionalArgument(String argument, String description) {
            return argument(new Argument(argument, description, false, null));
        }

        /** Adds an argument. */
        public Builder argument(Argument argument) {
            arguments.add(notNull(argument, "argument"));
            return this;
        }

        /** Builds the prompt with this writer. */
        public Prompt handler(Writer writer) {
            var description = draft.description == null ? "" : draft.description;
            return new Prompt(name, draft.title, description, arguments, draft.requirements, writer);
        }
    }
}
