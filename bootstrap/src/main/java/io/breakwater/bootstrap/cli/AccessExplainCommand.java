package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.wiring.ApplicationComponent;
import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.support.NameSuggestion;
import io.breakwater.server.Breakwater;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code breakwater access explain}. */
@Command(
        name = "explain",
        description = "Prints what a caller may do and by which rule, from the configuration; or why a running server"
                + " refused a request.",
        footerHeading = "%n@|bold Examples|@%n",
        footer = {
            "  breakwater access explain --as ann --role analyst",
            "  breakwater access explain --as ann --tool export --arguments '{\"region\": \"eu\"}'",
            "  breakwater access explain --key reports --resource data://acme-1",
            "  breakwater access explain --token @token.txt",
            "  breakwater access explain --request ID"
        })
final class AccessExplainCommand implements Callable<Integer> {
    private static final String NOTHING = "nothing has this name";

    private final ProcessEnvironment process;

    @Mixin
    private PrincipalOptions caller = new PrincipalOptions();

    @Mixin
    private CredentialOptions credential = new CredentialOptions();

    @Option(names = "--tool", paramLabel = "NAME", description = "Explains the access to this tool only.")
    private @Nullable String tool;

    @Option(names = "--resource", paramLabel = "URI", description = "Explains the access to this resource only.")
    private @Nullable String resource;

    @Option(names = "--prompt", paramLabel = "NAME", description = "Explains the access to this prompt only.")
    private @Nullable String prompt;

    @Option(
            names = "--arguments",
            paramLabel = "JSON",
            description = "The arguments of the call of the tool or prompt, as a JSON object.")
    private @Nullable String arguments;

    @Option(
            names = "--request",
            paramLabel = "ID",
            description = "Asks the running server why it refused the request with this id. Needs the same"
                    + " configuration as the server, for the address and the key of its management listener.")
    private @Nullable String request;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The address of the management listener, with --request; the configured one by default.")
    private @Nullable URI url;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    AccessExplainCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        if (request != null && (caller.isGiven() || credential.isGiven())) {
            throw new NoSuchElementException("--request and --as exclude each other. Omit one of them.");
        }
        if (caller.isUsed() && credential.isGiven()) {
            throw new NoSuchElementException(
                    "--key and --token name the caller with its rights. Omit --as and the options"
                            + " that describe a caller.");
        }
        if (request == null && !caller.isGiven() && !credential.isGiven()) {
            throw new NoSuchElementException(
                    "Name a caller with --as SUBJECT, --key NAME or --token @FILE, or a refused request with"
                            + " --request ID.");
        }
        CommandLines.lines(process.out(), request == null ? offline() : refused(request));
        return ExitCode.OK;
    }

    private String refused(String id) {
        var refused = new RefusedRequest(configuration.load(process).settings(), url).find(id);
        return output.json() ? RefusedRequest.json(refused) : RefusedRequest.text(refused);
    }

    private String offline() {
        var given = parsed();
        long targets =
                Stream.of(tool, resource, prompt).filter(each -> each != null).count();
        if (targets > 1 || (given != null && tool == null && prompt == null)) {
            throw new NoSuchElementException("Name one target with --tool, --resource or --prompt; --arguments belong"
                    + " to a tool or a prompt.");
        }
        var described = credential.isGiven() ? null : caller.principal();
        var loaded = configuration.load(process);
        try (var server = ApplicationComponent.withoutCalls(loaded).server()) {
            var principal =
                    described == null ? credential.principal(loaded.settings(), process.folder(), server) : described;
            return explain(server, new AccessReport(principal), given);
        }
    }

    private String explain(Breakwater server, AccessReport report, Json.@Nullable Obj given) {
        if (tool != null) {
            return single(server, report, TargetKind.TOOL, tool, given);
        }
        if (prompt != null) {
            return single(server, report, TargetKind.PROMPT, prompt, given);
        }
        if (resource != null) {
            boolean template = server.names(TargetKind.RESOURCE_TEMPLATE).contains(resource);
            return template
                    ? single(server, report, TargetKind.RESOURCE_TEMPLATE, resource, null)
                    : single(server, report, TargetKind.RESOURCE, resource, Json.Obj.EMPTY);
        }
        var all = all(server, report.principal());
        return output.json() ? report.overviewJson(all) : report.overview(all);
    }

    private static List<AccessTarget> all(Breakwater server, Principal principal) {
        var all = new ArrayList<AccessTarget>();
        for (var kind : TargetKind.values()) {
            for (var name : server.names(kind)) {
                all.add(new AccessTarget(kind, name, server.explainAccess(principal, kind, name, null), false));
            }
        }
        return all;
    }

    private String single(
            Breakwater server, AccessReport report, TargetKind kind, String name, Json.@Nullable Obj given) {
        if (kind != TargetKind.RESOURCE && !server.names(kind).contains(name)) {
            var similar = NameSuggestion.to(name, server.names(kind));
            throw new NoSuchElementException("There is no " + kind.word() + " '" + name + "'."
                    + similar.map(other -> " Did you mean " + other + "?").orElse(""));
        }
        var explanation = server.explainAccess(report.principal(), kind, name, given);
        if (kind == TargetKind.RESOURCE && explanation.decision().rule().equals(NOTHING)) {
            throw new NoSuchElementException("There is no resource or template for " + name + ".");
        }
        var target = new AccessTarget(kind, name, explanation, given != null);
        return output.json() ? report.decisionJson(target) : report.decision(target);
    }

    private Json.@Nullable Obj parsed() {
        if (arguments == null) {
            return null;
        }
        try {
            if (Json.parse(arguments) instanceof Json.Obj object) {
                return object;
            }
        } catch (JsonSyntaxException notJson) {
            throw notAnObject();
        }
        throw notAnObject();
    }

    private static NoSuchElementException notAnObject() {
        return new NoSuchElementException("--arguments must be a JSON object, such as {\"region\": \"eu\"}.");
    }
}
