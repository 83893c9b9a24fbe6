package dev.pilot.server.demo;

import dev.pilot.api.run.RunState;

/** Colours for a terminal; none for anything else. */
record Colours(boolean shown) {
    String dim(String text) {
        return paint("2", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String noted(String text) {
        return paint("36", text);
    }

    String state(RunState state) {
        return switch (state) {
            case PROPOSED, REVIEW, BLOCKED -> paint("33", state.wire());
            case QUEUED, RUNNING, GATES -> paint("34", state.wire());
            case SUCCEEDED -> paint("1;32", state.wire());
            case FAILED, CANCELLED -> paint("1;31", state.wire());
        };
    }

    private String paint(String code, String text) {
        return shown ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
