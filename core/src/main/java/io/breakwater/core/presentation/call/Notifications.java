package io.breakwater.core.presentation.call;

import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.LogLevel;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the notifications of a call, which are the same in both eras. */
public final class Notifications {
    private Notifications() {}

    /**
     * {@code notifications/progress}.
     *
     * @param token the JSON text of the token
     */
    public static byte[] progress(String token, double done, @Nullable Double total, @Nullable String message) {
        var params = Json.object()
                .put("progressToken", new Json.Raw(token.getBytes(StandardCharsets.UTF_8)))
                .put("progress", number(done))
                .putIfPresent("total", total == null || !Double.isFinite(total) ? null : number(total))
                .putIfPresent("message", message);
        return notification("notifications/progress", params.build());
    }

    /** {@code notifications/message}. */
    public static byte[] message(LogLevel level, @Nullable String logger, Json data) {
        var params = Json.object()
                .put("level", level.wireName())
                .putIfPresent("logger", logger)
                .put("data", data);
        return notification("notifications/message", params.build());
    }

    private static byte[] notification(String method, Json.Obj params) {
        return MessageWriter.notification(method, params);
    }

    /** Writes whole numbers without a fraction or an exponent: {@code 50}, not {@code 50.0} or {@code 5E+1}. */
    private static Json number(double value) {
        var plain = BigDecimal.valueOf(value).stripTrailingZeros();
        return Json.of(plain.scale() < 0 ? plain.setScale(0) : plain);
    }
}
