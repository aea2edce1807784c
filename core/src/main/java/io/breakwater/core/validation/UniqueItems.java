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
 * {@code uniqueItems} without quadratic cost. The implementation of the validator compares nodes by their hashes, and
 * strings with equal hashes are easy to construct (20,000 of them take three seconds). This class compares items by
 * their {@link CanonicalValue}, and Java's maps sort strings whose hashes collide. The error names the first pair of
 * equal items.
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
