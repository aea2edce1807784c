package io.breakwater.core.presentation.method;

import io.breakwater.core.business.session.Consent;
import io.breakwater.core.business.session.ConsentService;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.DryRunCall;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.Lookup;
import io.breakwater.core.presentation.catalog.ToolEntry;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.mcp.ClientCapability;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.ConfirmationMessage;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.schema.Description;
import io.breakwater.server.settings.ConfirmationFallback;
import org.jspecify.annotations.Nullable;

/**
 * Asks the user to confirm a call before the tool acts, in both eras with the same client request. The key of the
 * request contains a nonce, so that a response counts only for the request that the user has seen.
 *
 * <p>A legacy call and a task wait, and their response counts in this call only. Otherwise the client repeats the call
 * with the response and the sealed {@link Consent}, which is redeemed before the tool acts. If the handler sends client
 * requests of its own, the next round has a consent with a new nonce, so that no round acts twice.
 */
@OutageBehavior(
        guard = "confirmation, `refuse`",
        dependency = GuardDependency.CLIENT,
        failure = "unable to ask its user",
        effect = OutageEffect.DENY,
        behavior = "The call ends with the error of MCP for a missing capability, and does nothing.",
        recovery = "The user changes to a client that can show forms.",
        signal = "`mcp_errors_total`",
        details = "confirmation.md#clients-that-cannot-ask")
@OutageBehavior(
        guard = "confirmation, `allow`",
        dependency = GuardDependency.CLIENT,
        failure = "unable to ask its user",
        effect = OutageEffect.ALLOW,
        behavior =
                "The tool acts without a confirmation. The operator has chosen this with `confirm.fallback: allow`, for "
                        + "clients that ask by themselves or that are programs.",
        recovery = "It lasts as long as the setting.",
        signal = "–",
        details = "confirmation.md#clients-that-cannot-ask")
public final class ToolConfirmation {
    private static final AccessDecision REVOKED = new AccessDecision.Denied("the credential was revoked");

    private final ConsentService consents;
    private final ConfirmationFallback fallback;
    private final CatalogAccess catalog;
    private final String where;

    /**
     * Creates the check.
     *
     * @param catalog decides whether a caller whose call has waited for its user may still make it
     * @param where names the server for the user, for example {@code server shop, environment production}
     */
    public ToolConfirmation(
            ConsentService consents, ConfirmationFallback fallback, CatalogAccess catalog, String where) {
        this.consents = consents;
        this.fallback = fallback;
        this.catalog = catalog;
        this.where = where;
    }

    private record Form(@Description("Yes, do this.") boolean confirm) {}

    /**
     * Returns when the call may act. The handler then finds the data to which the user has agreed in the call.
     *
     * @param key the idempotency key of the call, under which one consent also counts for repeated attempts; null for none
     * @throws ToolException if the user does not agree
     * @throws McpException if the client cannot ask the user, or the caller may no longer make the call
     */
    void require(ToolEntry tool, ParsedJson arguments, ActiveCall call, @Nullable IdempotencyKey key) throws Exception {
        var message = tool.confirmationMessage(arguments, call);
        if (message != null && canAsk(tool, call)) {
            var earlier = call.consent();
            var consent = agreedConsent(earlier, text(tool, message), call);
            if (earlier == null) { // the call has waited for the user
                requireAccess(tool, arguments, call);
                message = tool.confirmationMessage(arguments, call);
                consents.requireSame(consent, text(tool, message));
            } else {
                consents.redeem(earlier, key);
            }
            call.storeConsent(consents.continued(text(tool, message)));
        }
        call.setConfirmed(message == null ? null : message.subject());
    }

    /** Describes for a dry run what {@link #require} would do. It asks no user and redeems nothing. */
    Json.Obj describe(ToolEntry tool, ParsedJson arguments, DryRunCall dry) throws Exception {
        var message = tool.confirmationMessage(arguments, dry);
        if (message == null) {
            return Json.object().put("action", "none").build();
        }
        var report = Json.object().put("message", text(tool, message));
        try {
            return report.put("action", canAsk(tool, dry.call()) ? "ask" : "skip")
                    .build();
        } catch (ToolException | McpException refused) {
            return report.put("action", "refuse")
                    .put("reason", String.valueOf(refused.getMessage()))
                    .build();
        }
    }

    /** Returns true if the server has no access rules. */
    boolean hasNoRules() {
        return catalog.control().isOpen();
    }

    /** The access rules and the credential may have changed while the call waited. */
    private void requireAccess(ToolEntry tool, ParsedJson arguments, ActiveCall call) throws McpException {
        if (call.isCredentialRevoked()) {
            call.setAccessDecision(REVOKED);
            throw new ToolException(
                    ErrorCode.UNAUTHORIZED,
                    "The credential of this call was revoked while the call waited for its user, so the call did"
                            + " nothing.");
        }
        var lookup = catalog.view(call.principal()).tool(tool.name(), () -> arguments);
        call.setAccessDecision(lookup.decision());
        if (lookup instanceof Lookup.Missing<ToolEntry> missing) {
            throw missing.refuse(call.requestId());
        }
        if (lookup.decision() instanceof AccessDecision.ScopesRequired) { // an interceptor adds the challenge
            throw new ToolException(ErrorCode.FORBIDDEN, "The call requires more scopes, so it did nothing.");
        }
    }

    private Consent agreedConsent(@Nullable Consent earlier, String text, ActiveCall call) {
        var consent = earlier == null ? consents.request(text) : earlier;
        consents.requireSame(consent, text);
        if (!consent.given()) {
            call.storeConsent(consent);
            ask(consent, text, call);
        }
        return consent;
    }

    private String text(ToolEntry tool, @Nullable ConfirmationMessage message) {
        return message == null ? "" : message.text() + "\n\n(tool " + tool.name() + ", " + where + ")";
    }

    private boolean canAsk(ToolEntry tool, ActiveCall call) {
        if (!call.mayRequest()) {
            throw new ToolException(
                    ErrorCode.INVALID_PARAMS,
                    "A user must confirm each call of " + tool.name() + ", and a batch does not ask the user. Call the"
                            + " tool by itself. The call did nothing.");
        }
        if (call.hasCapability(ClientCapability.ELICITATION_FORM)) {
            return true;
        }
        return switch (fallback) {
            case ALLOW -> false;
            case REFUSE ->
                throw new McpException(
                        McpException.MISSING_CAPABILITY,
                        "A user must confirm each call of " + tool.name() + ", and this client does not declare the"
                                + " capability to ask one: elicitation.form. The call did nothing.",
                        Json.object()
                                .put("requiredCapabilities", ClientCapability.ELICITATION_FORM.declaration())
                                .build());
        };
    }

    /** Returns when the user agrees. In the modern era, the first round of a call ends here. */
    private void ask(Consent consent, String text, ActiveCall call) {
        var response = call.request("confirm:" + consent.nonce(), ClientRequest.form(text, Form.class));
        if (response.accepted() && response.content(Form.class).confirm()) {
            return;
        }
        if (call.consent() != null) {
            consents.discard(consent);
        }
        throw new ToolException(ErrorCode.DECLINED, "The user did not agree to this call, so it did nothing.");
    }
}
