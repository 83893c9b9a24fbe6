package dev.pilot.runner.process.child;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * A text that no other child has, put into a child's environment. Whatever the child starts inherits it, so that strays are found
 * even when they have left the child's session and outlived their parents.
 *
 * @param value the text: a label, a colon and a random part
 */
record Cookie(String value) {
    /** The variable that carries it; a Pilot inside a Pilot's run appends its own to what is there. */
    static final String VARIABLE = "PILOT_COOKIE";

    /** Checks that it is there. */
    Cookie {
        requireNonNull(value, "value");
    }

    static Cookie bake(String label) {
        return new Cookie(label + ":" + UUID.randomUUID());
    }

    /** The variable's value in the child of a process that may have such a variable itself. */
    String within(String outer) {
        return outer.isEmpty() ? value : outer + "," + value;
    }

    /** The last part, which alone tells one cookie from another and is fit to be a file's name. */
    String random() {
        return value.substring(value.lastIndexOf(':') + 1);
    }

    /** Whether an environment, as the kernel shows it, carries this cookie: whole, not as the beginning of another. */
    boolean isIn(byte[] environment) {
        byte[] sought = value.getBytes(StandardCharsets.UTF_8);
        for (int at = 1; at + sought.length <= environment.length; at++) {
            int end = at + sought.length;
            if (isEdge(environment[at - 1])
                    && Arrays.equals(environment, at, end, sought, 0, sought.length)
                    && (end == environment.length || isEdge(environment[end]))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEdge(byte character) {
        return character == '=' || character == ',' || character == 0;
    }
}
