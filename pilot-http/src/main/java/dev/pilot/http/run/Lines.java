package dev.pilot.http.run;

import dev.pilot.api.error.InvalidInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Splits bytes into lines that are not empty; no line may be longer than allowed. For one thread. */
final class Lines {
    private final InputStream in;
    private final int longest;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int count;

    Lines(InputStream in, int longest) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.longest = longest;
    }

    /** Which line came last, from 1. */
    int count() {
        return count;
    }

    byte @Nullable [] next() throws IOException {
        line.reset();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b != '\n') {
                if (line.size() == longest) {
                    throw InvalidInput.of("lines[" + (count + 1) + "]", "is longer than " + longest + " bytes");
                }
                line.write(b);
                continue;
            }
            count++;
            if (!isBlank()) {
                return line.toByteArray();
            }
            line.reset();
        }
        if (line.size() > 0 && !isBlank()) {
            count++;
            return line.toByteArray();
        }
        return null;
    }

    private boolean isBlank() {
        return line.size() == 0
                || line.size() == 1
                        && line.toString(java.nio.charset.StandardCharsets.UTF_8)
                                .equals("\r");
    }
}
