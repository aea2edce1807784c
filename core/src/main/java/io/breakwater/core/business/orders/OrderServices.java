package io.breakwater.core.business.orders;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.driven.ServiceMessage;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.Services;
import io.breakwater.server.settings.OrderSettings;
import io.breakwater.server.settings.OrderSettings.Endpoint;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests for an order to the services, and judges what has become of them. A request carries its key only if
 * the service has the effect of repeated requests once; without a key, it is not repeated. Thread-safe.
 */
final class OrderServices {
    private static final Map<String, String> FIELDS = Map.of("accept", "application/json");

    private final Services services;
    private final OrderSettings settings;

    OrderServices(Services services, OrderSettings settings) {
        this.services = services;
        this.settings = settings;
    }

    /** Returns why an order could not be created or paid now; null if each service has an instance that would be tried. */
    StepReply.@Nullable NotSent unavailability() {
        return Stream.of(settings.user(), settings.order(), settings.payment())
                .flatMap(endpoint -> services.unavailability(endpoint.service()).stream())
                .map(reason -> new StepReply.NotSent(reason.message(), reason.retryAfter()))
                .findFirst()
                .orElse(null);
    }

    /** Describes the requests for an order; what a service decides, such as the id of the order, is not known. */
    Json.Obj describe(OrderRequest request) {
        var steps = Json.array(
                step(
                        "check_user",
                        "GET",
                        settings.user(),
                        settings.user().path(EntityId.segment(request.userId())),
                        null),
                step(
                        "create_order",
                        "POST",
                        settings.order(),
                        settings.order().path(),
                        orderBody(request.userId(), request.itemsJson(), request.total())),
                step("pay", "POST", settings.payment(), settings.payment().path(), null));
        var cancellation = settings.cancellation();
        var report = Json.object()
                .put("total", Json.of(request.total()))
                .put("steps", steps)
                .put("if_unpaid", step("cancel_order", "POST", cancellation, cancellation.path(), null));
        var unavailable = unavailability();
        return (unavailable == null ? report : report.put("unavailable", unavailable.message())).build();
    }

    private static Json.Obj step(
            String name, String method, Endpoint endpoint, String target, Json.@Nullable Obj body) {
        return Json.object()
                .put("name", name)
                .put("service", endpoint.service())
                .put("method", method)
                .put("target", target)
                .putIfPresent("body", body)
                .build();
    }

    private static Json.Obj orderBody(Json userId, Json.Arr items, BigDecimal total) {
        return Json.object()
                .put("user_id", userId)
                .put("items", items)
                .put("total", Json.of(total))
                .build();
    }

    StepReply findUser(Order order, CallContext context) {
        var endpoint = settings.user();
        var target = endpoint.path(EntityId.segment(order.userId()));
        return send(endpoint, new ServiceRequest("GET", target, FIELDS, null, new byte[0], null), context);
    }

    StepReply createOrder(Order order, CallContext context) {
        var body = orderBody(order.userId(), order.items(), order.total());
        return post(
                settings.order(), settings.order().path(), body, order.keys().order(), context);
    }

    StepReply pay(Order order, Json orderId, CallContext context) {
        var body = Json.object()
                .put("order_id", orderId)
                .put("amount", Json.of(order.total()))
                .put("user_id", order.userId())
                .build();
        return post(
                settings.payment(),
                settings.payment().path(),
                body,
                order.keys().payment(),
                context);
    }

    StepReply cancel(Order order, Json orderId, CallContext context) {
        var endpoint = settings.cancellation();
        return post(
                endpoint,
                endpoint.path(EntityId.segment(orderId)),
                Json.Obj.EMPTY,
                order.keys().cancellation(),
                context);
    }

    private StepReply post(Endpoint endpoint, String target, Json.Obj body, String key, CallContext context) {
        var request = new ServiceRequest(
                "POST", target, FIELDS, "application/json", JsonWriter.bytes(body), endpoint.idempotent() ? key : null);
        return send(endpoint, request, context);
    }

    private StepReply send(Endpoint endpoint, ServiceRequest request, CallContext context) {
        if (context.cancelled() || !context.remaining().isPositive()) {
            return new StepReply.NotSent("The call ended before the request was sent.", null);
        }
        try {
            return reply(endpoint.service(), services.call(endpoint.service(), request, context));
        } catch (PortException.DeadlineExceededException late) {
            return new StepReply.NotSent("The call ended before the request was sent.", null);
        } catch (RefusedException refused) {
            return refused.reason() == RefusedException.Reason.OTHER
                    ? new StepReply.Unconfirmed(null, sentence(refused))
                    : new StepReply.NotSent(sentence(refused), null);
        } catch (PortException failure) {
            return new StepReply.Unconfirmed(null, sentence(failure));
        }
    }

    private static String sentence(PortException failure) {
        return String.valueOf(failure.getMessage());
    }

    private static StepReply reply(String service, ServiceOutcome outcome) {
        return switch (outcome) {
            case ServiceOutcome.Response response -> reply(service, response);
            case ServiceOutcome.NotDelivered(var message, var retryAfter) -> new StepReply.NotSent(message, retryAfter);
            case ServiceOutcome.Unconfirmed(var message, boolean timedOut) -> new StepReply.Unconfirmed(null, message);
        };
    }

    private static StepReply reply(String service, ServiceOutcome.Response response) {
        int status = response.status();
        var body = object(response.body());
        if (status >= 200 && status < 300) {
            return new StepReply.Accepted(service, status, body);
        }
        var reason = body == null ? "" : ServiceMessage.of(body).orElse("");
        if (status >= 400 && status < 500) {
            return new StepReply.Refused(service, status, reason);
        }
        return new StepReply.Unconfirmed(
                status, service + " responded with HTTP " + status + (reason.isEmpty() ? "." : ": " + reason));
    }

    private static Json.@Nullable Obj object(byte[] body) {
        try {
            return Json.parse(new String(body, StandardCharsets.UTF_8)) instanceof Json.Obj object ? object : null;
        } catch (JsonSyntaxException notJson) {
            return null;
        }
    }
}
