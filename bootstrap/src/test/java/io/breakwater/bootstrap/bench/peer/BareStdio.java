package io.breakwater.bootstrap.bench.peer;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** A bare loop over lines: reads what there is, answers it, writes all answers at once. */
public final class BareStdio {
    private BareStdio() {}

    /** Answers until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        try (var in = new FileInputStream(FileDescriptor.in);
                var out = new FileOutputStream(FileDescriptor.out)) {
            byte[] buffer = new byte[1 << 16];
            int filled = 0;
            var answers = new ByteArrayOutputStream(1 << 16);
            for (int read = in.read(buffer); read > 0; read = in.read(buffer, filled, buffer.length - filled)) {
                int begin = 0;
                int end = filled + read;
                for (int i = filled; i < end; i++) {
                    if (buffer[i] == '\n') {
                        byte[] answer = BareAnswer.to(buffer, begin, i - begin);
                        if (answer.length > 0) {
                            answers.writeBytes(answer);
                            answers.write('\n');
                        }
                        begin = i + 1;
                    }
                }
                filled = end - begin;
                System.arraycopy(buffer, begin, buffer, 0, filled);
                if (filled == buffer.length) {
                    buffer = Arrays.copyOf(buffer, 2 * filled);
                }
                answers.writeTo(out);
                answers.reset();
            }
        }
    }
}
