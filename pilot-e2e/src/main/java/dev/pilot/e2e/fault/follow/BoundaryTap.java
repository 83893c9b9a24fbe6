package dev.pilot.e2e.fault.follow;

import dev.pilot.e2e.fault.process.Tap;

/** Breaks a stream of events so many bytes behind the end of its first event. */
public final class BoundaryTap implements Tap {
    private final int behind;
    // Of the one thread that passes what the server says.
    private boolean inEvent;
    private boolean newLine;
    private int left = -1;
    private final StringBuilder line = new StringBuilder();

    /**
     * Makes one for one connection.
     *
     * @param behind how many bytes behind it
     */
    public BoundaryTap(int behind) {
        this.behind = behind;
    }

    @Override
    public int pass(Way way, byte[] bytes, int count) {
        if (way == Way.TO_SERVER) {
            return count;
        }
        for (int i = 0; i < count; i++) {
            if (left > 0) {
                left--;
            } else if (left < 0) {
                look((char) bytes[i]);
            }
            if (left == 0) {
                return i + 1;
            }
        }
        return count;
    }

    /** An event is lines, the first of which are fields, up to an empty one. */
    private void look(char next) {
        if (next != '\n') {
            newLine = false;
            line.append(next);
            return;
        }
        inEvent |= line.indexOf("data:") == 0;
        line.setLength(0);
        if (newLine && inEvent) {
            left = behind;
        }
        newLine = true;
    }
}
