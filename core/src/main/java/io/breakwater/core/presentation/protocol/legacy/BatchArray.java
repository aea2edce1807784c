package io.breakwater.core.presentation.protocol.legacy;

import java.util.ArrayList;
import java.util.List;

/** Collects responses for one JSON array on one line. */
final class BatchArray {
    private final List<byte[]> responses = new ArrayList<>();
    private int length; // of all responses

    void add(byte[] response) {
        responses.add(response);
        length += response.length;
    }

    boolean isEmpty() {
        return responses.isEmpty();
    }

    /** The number of bytes of all responses. */
    int length() {
        return length;
    }

    /** Removes and returns the responses. */
    List<byte[]> drain() {
        var all = List.copyOf(responses);
        responses.clear();
        length = 0;
        return all;
    }

    /** Removes the responses and returns them as an array. */
    byte[] drainArray() {
        var array = new byte[length + responses.size() + 1]; // a bracket or a comma before each, and the last bracket
        int at = 0;
        for (var response : drain()) {
            array[at] = (byte) (at == 0 ? '[' : ',');
            System.arraycopy(response, 0, array, at + 1, response.length);
            at += 1 + response.length;
        }
        array[at] = ']';
        return array;
    }
}
