package io.breakwater.adapter.postgres.database;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One attack of the corpus; its file says how it is written.
 *
 * @param sort what it belongs to
 * @param title what it does
 * @param texts what is sent, one after the other
 * @param visible whether it does something, by itself, that can be seen
 * @param harmless whether it may be answered
 */
record Attack(AttackClass sort, String title, List<String> texts, boolean visible, boolean harmless) {
    private static final Pattern TIMES = Pattern.compile("\\{(\\d+) times ([^}]*)\\}");
    private static final Pattern CHARACTER = Pattern.compile("\\{U\\+([0-9A-F]{4})\\}");
    private static final Pattern MARK = Pattern.compile(" \\[[a-z]+\\]");

    /** All of them. */
    static List<Attack> all() {
        return TextSection.of("attacks.txt").stream().map(Attack::of).toList();
    }

    private static Attack of(TextSection passage) {
        return new Attack(
                AttackClass.of(passage.chapter()),
                MARK.matcher(passage.title()).replaceAll(""),
                Arrays.stream(passage.text().split("\n~~~\n", -1))
                        .map(Attack::spelt)
                        .toList(),
                !passage.title().contains("[corpus]"),
                passage.title().contains("[harmless]"));
    }

    private static String spelt(String text) {
        var repeated = TIMES.matcher(text)
                .replaceAll(found ->
                        found.group(2).repeat(Integer.parseInt(found.group(1))).replace("$", "\\$"));
        return CHARACTER
                .matcher(repeated)
                .replaceAll(found -> String.valueOf((char) Integer.parseInt(found.group(1), 16)));
    }
}
