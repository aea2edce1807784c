package io.breakwater.bootstrap.bench;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of the shop, whose names have underscores. */
final class ShopJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private ShopJson() {}

    static <T> T parse(byte[] json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static <T> T parse(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
