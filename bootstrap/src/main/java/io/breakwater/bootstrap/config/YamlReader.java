package io.breakwater.bootstrap.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2, and therefore JSON, from the events of a parser. Size, depth and the number of nodes, with aliases
 * counted in full, are limited; a name that occurs twice in one group is an error.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 50_000;
    private static final String STANDARD_TAGS = "tag:yaml.org,2002:";

    /** Passwords can begin with any character, and YAML gives some of them a special meaning without quotes. */
    private static final String QUOTES = "a string that begins with %s must be in quotes";

    private final String file;
    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Consumer<ConfigurationError> errors;
    private int nodes;

    private YamlReader(String file, String text, Consumer<ConfigurationError> errors) {
        this.file = file;
        this.errors = errors;
        var settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** A node with an anchor, and the number of nodes in it. */
    private record Anchored(@Nullable ConfigurationNode node, int size) {}

    /**
     * Returns the groups of a file; none when it is empty.
     *
     * @param errors receives names that occur twice, after which the rest can still be checked
     * @throws UnreadableSourceException with the first other error, since the rest cannot be checked after it
     */
    static ConfigurationNode.Group read(String file, String text, Consumer<ConfigurationError> errors) {
        try {
            return new YamlReader(file, text, errors).document();
        } catch (MarkedYamlEngineException broken) {
            throw new UnreadableSourceException(new ConfigurationError(
                    at(file, broken.getProblemMark()), "", "this is not YAML: " + problem(broken), null));
        } catch (YamlEngineException broken) {
            throw new UnreadableSourceException(new ConfigurationError(
                    new ValueOrigin.File(file, 1, 1), "", "this is not YAML: " + broken.getMessage(), null));
        }
    }

    /** Replaces the only problem that quotes the file, since the quoted text may be a password. */
    private static String problem(MarkedYamlEngineException broken) {
        var problem = String.valueOf(broken.getProblem());
        return problem.contains("tag handle") ? QUOTES.formatted("!") : problem;
    }

    private ConfigurationNode.Group document() {
        var event = next();
        if (event.getEventId() == Event.ID.StreamEnd) {
            return ConfigurationNode.Group.EMPTY;
        }
        var start = next();
        var root = node(start, 0);
        next();
        refuseUnless(next().getEventId() == Event.ID.StreamEnd, start, "the file contains more than one document");
        if (root == null) {
            return ConfigurationNode.Group.EMPTY;
        }
        if (root instanceof ConfigurationNode.Group group) {
            return group;
        }
        throw refusal(start, "a configuration file must contain groups of settings, and this is " + root.noun());
    }

    private Event next() {
        var event = events.next();
        return event.getEventId() == Event.ID.StreamStart || event.getEventId() == Event.ID.Comment ? next() : event;
    }

    private @Nullable ConfigurationNode node(Event event, int depth) {
        refuseUnless(depth <= MAX_DEPTH, event, "groups and lists are nested more than " + MAX_DEPTH + " deep");
        count(event, 1);
        if (event instanceof AliasEvent alias) {
            return resolve(alias);
        }
        int before = nodes;
        var node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent start -> items(start, depth);
            case MappingStartEvent start -> group(start, depth);
            default -> throw refusal(event, "unexpected " + event.getEventId());
        };
        ((NodeEvent) event).getAnchor().ifPresent(name -> anchors.put(name, new Anchored(node, nodes - before + 1)));
        return node;
    }

    private void count(Event event, int more) {
        nodes += more;
        refuseUnless(
                nodes <= MAX_NODES, event, "there are more than " + MAX_NODES + " values, aliases counted in full");
    }

    private @Nullable ConfigurationNode resolve(AliasEvent alias) {
        var anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw refusal(alias, "there is no such anchor above; " + QUOTES.formatted("*"));
        }
        count(alias, anchored.size());
        return anchored.node();
    }

    /** Returns null for a missing value: empty, {@code ~} or {@code null} without quotes. */
    private ConfigurationNode.@Nullable Scalar scalar(ScalarEvent event) {
        var text = event.getValue();
        refuseUnless(
                event.getTag().stream().allMatch(tag -> tag.startsWith(STANDARD_TAGS)), event, QUOTES.formatted("!"));
        refuseUnless(!text.isEmpty() || event.getAnchor().isEmpty(), event, QUOTES.formatted("&"));
        boolean none = event.isPlain() && (text.isEmpty() || text.equals("~") || text.equals("null"));
        boolean quoted = !event.isPlain() || event.getTag().isPresent();
        return none ? null : new ConfigurationNode.Scalar(text, at(event), quoted);
    }

    private ConfigurationNode.Items items(SequenceStartEvent start, int depth) {
        var items = new ArrayList<ConfigurationNode>();
        for (var event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            var item = node(event, depth + 1);
            if (item == null) {
                throw refusal(event, "an item of the list is empty");
            }
            items.add(item);
        }
        return new ConfigurationNode.Items(items, at(start));
    }

    private ConfigurationNode.Group group(MappingStartEvent start, int depth) {
        var members = new LinkedHashMap<String, ConfigurationNode.Member>();
        for (var event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            var name = name(event);
            var member = new ConfigurationNode.Member(at(event), node(next(), depth + 1));
            var earlier = members.get(name);
            members.put(name, earlier == null ? member : member.over(earlier)); // so that both are checked
            if (earlier != null) {
                errors.accept(new ConfigurationError(
                        at(event), "", "'" + name + "' is written twice, first at " + earlier.key(), null));
            }
        }
        return new ConfigurationNode.Group(members, at(start));
    }

    private String name(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        throw refusal(event, "a name must be plain text");
    }

    private void refuseUnless(boolean condition, Event event, String what) {
        if (!condition) {
            throw refusal(event, what);
        }
    }

    private UnreadableSourceException refusal(Event event, String what) {
        return new UnreadableSourceException(new ConfigurationError(at(event), "", what, null));
    }

    private ValueOrigin at(Event event) {
        return at(file, event.getStartMark());
    }

    private static ValueOrigin at(String file, Optional<Mark> mark) {
        return new ValueOrigin.File(
                file,
                mark.map(found -> found.getLine() + 1).orElse(1),
                mark.map(found -> found.getColumn() + 1).orElse(1));
    }
}
