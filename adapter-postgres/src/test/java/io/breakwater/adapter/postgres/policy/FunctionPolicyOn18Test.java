package io.breakwater.adapter.postgres.policy;

import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionPolicyOn18Test extends FunctionPolicyTests {
    @Override
    PostgresServer server() {
        return PostgresServer.newest();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_input_is_valid('a', 'short')",
                "SELECT * FROM pg_input_error_info('a', 'short')",
                "SELECT pg_get_loaded_modules()",
                "SELECT JSON_VALUE('{}', '$.a' RETURNING short)",
                "SELECT * FROM JSON_TABLE('[]', '$' COLUMNS (a short PATH '$'))",
            })
    void refusesWhatCameLater(String sql) {
        assertRefused(sql);
    }
}
