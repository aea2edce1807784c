package io.breakwater.core.validation;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.HashMap;
import tools.jackson.databind.JsonNode;

/**
 * {@code uniqueItems} without the quadratic trap: the validator's own compares nodes by their hash, and texts with
 * equal hashes are easy to make (three seconds for 20,000 of them). Here items are compared by their
 * {@link CanonicalValue}, and Java's maps keep texts sorted where hashes collide. The two equal items are named, and
 * only the first such pair.
 */
final class UniqueItems implements Keyword {
    static final String NAME = "uniqueItems";

    @Override
    public String getValue() {
        return NAME;
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode schemaNode, Schema parent, SchemaContext context) {
        return new Check(this, schemaNode, location, parent, context);
    }

    private static final class Check extends BaseKeywordValidator {
        Check(Keyword keyword, JsonNode node, SchemaLocation location, Schema parent, SchemaContext context) {
            super(keyword, node, location, parent, context);
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode node, JsonNode root, NodePath location) {
            if (!schemaNode.asBoolean() || !node.isArray()) {
                return;
            }
            var seen = HashMap.<String, Integer>newHashMap(node.size());
            for (int i = 0; i < node.size(); i++) {
                var earlier = seen.putIfAbsent(CanonicalValue.of(node.get(i)), i);
                if (earlier != null) {
                    report(execution, node, location, earlier, i);
                    return;
                }
            }
        }

        private void report(ExecutionContext execution, JsonNode node, NodePath location, int first, int second) {
            execution.addError(error().instanceNode(node)
                    .instanceLocation(location)
                    .evaluationPath(execution.getEvaluationPath())
                    .locale(execution.getExecutionConfig().getLocale())
                    .arguments(first, second)
                    .build());
        }
    }
}
