package io.breakwater.core.business.services;

import io.breakwater.core.business.services.ApiOutcome.Failure;
import io.breakwater.core.business.services.ApiOutcome.Kind;
import io.breakwater.core.business.services.ApiOutcome.Success;
import io.breakwater.port.driven.ServiceMessage;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceOutcome.Unconfirmed;
import java.time.Instant;

/**
 * Decides what the outcome of a request means for its caller.
 *
 * @param request the request
 * @param now the time at which the response arrived
 */
record ResponseMeaning(ApiRequest request, Instant now) {
    private static final String UNCERTAIN =
            " The outcome is unknown: the request may have had its effect. Check that before you repeat it.";

    ApiOutcome of(ServiceOutcome outcome) {
        return switch (outcome) {
            case Response response
            when response.status() / 100 == 2 ->
                new Success(response.status(), response.field("content-type").orElse(null), response.body());
            case Response response -> failure(response);
            case NotDelivered(var message, var retryAfter) -> new Failure(Kind.FAILED, message, retryAfter, true);
            case Unconfirmed(var message, var timedOut) ->
                new Failure(timedOut ? Kind.TIMEOUT : Kind.FAILED, withWarning(message), null, request.isSafe());
        };
    }

    /** Returns a message with a warning if the request may have had an effect. */
    String withWarning(String message) {
        return request.isSafe() ? message : message + UNCERTAIN;
    }

    private Failure failure(Response response) {
        int status = response.status();
        boolean refused = status / 100 == 4 && status != 408;
        var message = "The service " + request.service() + " responded with status " + status + " to "
                + request.method() + " " + InvalidRequest.quoted(request.template())
                + ServiceMessage.find(response).map(said -> ": " + said).orElse("")
                + "."
                + hint(status);
        return new Failure(
                kind(status),
                refused ? message : withWarning(message),
                RetryAfter.of(response, now),
                refused || request.isSafe());
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 407 -> " The credentials that the operator configured for this service are not accepted.";
            case 301, 302, 303, 307, 308 -> " Redirects are not followed.";
            default -> "";
        };
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 407, 408 -> Kind.FAILED;
            case 403, 451 -> Kind.FORBIDDEN;
            case 404, 410 -> Kind.NOT_FOUND;
            case 409, 412, 423, 428 -> Kind.CONFLICT;
            case 429 -> Kind.RATE_LIMITED;
            default -> status / 100 == 4 ? Kind.INVALID : Kind.FAILED;
        };
    }
}
