package io.breakwater.port.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first 64 bits of an IPv6 address in text form (RFC 4291 section 2.2). */
final class Ipv6Prefix {
    private static final int GROUPS = 8;
    private static final int PREFIX_GROUPS = 4;
    private static final int MAX_LENGTH = 45;

    private Ipv6Prefix() {}

    /** Returns the four groups in lower case without leading zeros, or the address itself if it is not valid. */
    static String of(String address) {
        int zone = address.indexOf('%');
        var text = zone < 0 ? address : address.substring(0, zone);
        if (text.length() > MAX_LENGTH) {
            return text.substring(0, MAX_LENGTH);
        }
        int gap = text.indexOf("::");
        var groups =
                gap < 0 ? groups(text) : withZeros(groups(text.substring(0, gap)), groups(text.substring(gap + 2)));
        return groups.size() < PREFIX_GROUPS ? text : String.join(":", groups.subList(0, PREFIX_GROUPS)) + "::/64";
    }

    private static List<String> withZeros(List<String> before, List<String> after) {
        var all = new ArrayList<>(before);
        while (all.size() + after.size() < GROUPS) {
            all.add("0");
        }
        all.addAll(after);
        return all;
    }

    private static List<String> groups(String text) {
        var groups = new ArrayList<String>();
        if (text.isEmpty()) {
            return groups;
        }
        for (var group : text.split(":", GROUPS + 1)) {
            groups.add(withoutLeadingZeros(group.toLowerCase(Locale.ROOT)));
            if (group.indexOf('.') >= 0) { // an IPv4 address stands for the last two groups
                groups.add("0");
            }
        }
        return groups;
    }

    private static String withoutLeadingZeros(String group) {
        int from = 0;
        while (from < group.length() - 1 && group.charAt(from) == '0') {
            from++;
        }
        return group.substring(from);
    }
}
