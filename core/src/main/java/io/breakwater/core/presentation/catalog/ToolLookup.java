package io.breakwater.core.presentation.catalog;

import io.breakwater.core.business.authorization.AccessControl;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.AccessExplanation;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.mcp.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks up a tool for a call. If the call makes calls of other tools, such as the items of a batch, the caller must be
 * allowed to make each of them, and needs the scopes of all.
 *
 * @param view the catalog as the caller sees it
 */
record ToolLookup(CatalogView view) {
    private static final int MAX_DEPTH = 4;

    /** Returns the tool; if the caller may not make a call, what this call would return. */
    Lookup<ToolEntry> find(String name, Supplier<ParsedJson> sent) {
        var tool = tool(name);
        if (tool == null) {
            return view.unknown(TargetKind.TOOL, name);
        }
        var decision = decide(tool, sent);
        return decision instanceof AccessDecision.Denied || !tool.callsTools()
                ? decided(tool, decision, "")
                : findWithCalls(tool, decision, sent.get());
    }

    private Lookup<ToolEntry> findWithCalls(ToolEntry tool, AccessDecision own, ParsedJson sent) {
        var decision = own;
        var calls = calls(tool, sent);
        for (var made : calls) {
            var call = made.call();
            var called = tool(call.tool());
            if (called == null) {
                return view.unknown(TargetKind.TOOL, call.tool());
            }
            var other = decide(called, () -> ParsedJson.of(call.arguments()));
            if (other instanceof AccessDecision.Denied) {
                return decided(called, other, " in call " + made.index() + " (from 0) of " + tool.name());
            }
            decision = AccessControl.combine(decision, other);
        }
        return new Lookup.Found<>(
                tool, decision, calls.stream().map(made -> made.call().tool()).toList());
    }

    /**
     * A call that a call makes.
     *
     * @param index the position of the call, or of that which makes it, among the calls of the first tool
     */
    private record MadeCall(ToolCall call, int index) {}

    private @Nullable ToolEntry tool(String name) {
        return view.catalog().tools().get(name);
    }

    private AccessDecision decide(ToolEntry tool, Supplier<ParsedJson> sent) {
        var arguments = new DecisionArguments(tool, sent);
        var requirements = tool.definition().requirements();
        var decision = view.decide(TargetKind.TOOL, tool.name(), requirements, arguments);
        for (var form : arguments.furtherForms()) {
            var other = view.decide(TargetKind.TOOL, tool.name(), requirements, () -> form);
            decision = AccessControl.combine(decision, other);
        }
        return decision;
    }

    private Lookup<ToolEntry> decided(ToolEntry tool, AccessDecision decision, String place) {
        return view.decided(
                TargetKind.TOOL, tool.name(), tool, tool.definition().requirements(), decision, true, place);
    }

    /** Returns the calls that a call makes, and those that these calls make. */
    private List<MadeCall> calls(ToolEntry tool, ParsedJson sent) {
        var calls = new ArrayList<MadeCall>();
        int index = 0;
        for (var call : tool.calls(sent)) {
            addCall(call, index++, 1, calls);
        }
        return calls;
    }

    private void addCall(ToolCall call, int index, int depth, List<MadeCall> calls) {
        calls.add(new MadeCall(call, index));
        var tool = tool(call.tool());
        if (tool != null && tool.callsTools()) {
            addCalls(tool, ParsedJson.of(call.arguments()), index, depth + 1, calls);
        }
    }

    private void addCalls(ToolEntry tool, ParsedJson sent, int index, int depth, List<MadeCall> calls) {
        if (depth > MAX_DEPTH) {
            throw new IllegalStateException("The calls that tool " + tool.name()
                    + " makes are nested too deeply: callsTools(...) must not return calls of the tool itself.");
        }
        for (var call : tool.calls(sent)) {
            addCall(call, index, depth, calls);
        }
    }

    /** Explains the strictest decision on a call with these arguments. */
    AccessExplanation explain(ToolEntry tool, ParsedJson sent) {
        var explanation = explainAlone(tool, sent);
        for (var made : calls(tool, sent)) {
            var call = made.call();
            var called = tool(call.tool());
            explanation = stricter(
                    explanation,
                    called == null ? CatalogView.NO_TARGET : explainAlone(called, ParsedJson.of(call.arguments())));
        }
        return explanation;
    }

    private AccessExplanation explainAlone(ToolEntry tool, ParsedJson sent) {
        var requirements = tool.definition().requirements();
        return tool.argumentForms(sent).stream()
                .map(form -> view.explain(TargetKind.TOOL, tool.name(), requirements, () -> form))
                .reduce(ToolLookup::stricter)
                .orElseThrow();
    }

    private static AccessExplanation stricter(AccessExplanation one, AccessExplanation other) {
        var decision = AccessControl.combine(one.decision(), other.decision());
        boolean first = decision.rule().equals(one.decision().rule());
        var reservation = one.reservation().isEmpty() ? other.reservation() : one.reservation();
        return new AccessExplanation(
                decision,
                first ? one.rules() : other.rules(),
                decision instanceof AccessDecision.Denied ? "" : reservation);
    }
}
