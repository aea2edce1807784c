package io.breakwater.core.business.authorization;

import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.settings.AccessRule.Targets;
import java.util.List;
import java.util.Set;

/** The patterns of a rule for its targets. */
record TargetPatterns(List<Glob> tools, List<Glob> resources, List<Glob> prompts, List<Glob> tasks)
        implements CompiledRule.TargetCheck {

    static TargetPatterns of(Targets targets) {
        return new TargetPatterns(
                globs(targets.tools()), globs(targets.resources()), globs(targets.prompts()), globs(targets.tasks()));
    }

    private static List<Glob> globs(Set<String> patterns) {
        return patterns.stream().map(Glob::of).toList();
    }

    @Override
    public Match match(TargetKind kind, String name) {
        return switch (kind) {
            case TOOL -> any(tools, name);
            case RESOURCE -> any(resources, name);
            case RESOURCE_TEMPLATE -> anyOfTemplate(name);
            case PROMPT -> any(prompts, name);
            case TASK -> any(tasks, name);
        };
    }

    private static Match any(List<Glob> globs, String name) {
        for (var glob : globs) {
            if (glob.matches(name)) {
                return Match.YES;
            }
        }
        return Match.NO;
    }

    private Match anyOfTemplate(String template) {
        var match = Match.NO;
        for (var glob : resources) {
            var one = TemplateGlob.match(glob, template);
            if (one == Match.YES) {
                return one;
            }
            match = one == Match.POSSIBLE ? one : match;
        }
        return match;
    }
}
