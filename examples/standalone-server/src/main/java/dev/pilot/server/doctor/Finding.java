package dev.pilot.server.doctor;

import dev.pilot.api.value.Json;
import java.util.Locale;

/**
 * What was looked at and how it was found.
 *
 * @param name in a word
 * @param state how it is
 * @param found what was found, without secrets
 * @param advice what to do; empty if nothing
 */
public record Finding(String name, State state, String found, String advice) {
    /** How something is. */
    public enum State {
        /** As it should be. */
        OK,
        /** It works, and could be better. */
        WARN,
        /** It doesn't work, or isn't safe. */
        FAIL
    }

    static Finding ok(String name, String found) {
        return new Finding(name, State.OK, found, "");
    }

    static Finding warn(String name, String found, String advice) {
        return new Finding(name, State.WARN, found, advice);
    }

    static Finding fail(String name, String found, String advice) {
        return new Finding(name, State.FAIL, found, advice);
    }

    /**
     * For people.
     *
     * @return a line, or two with the advice
     */
    public String line() {
        String line = String.format(Locale.ROOT, "%-5s %-14s %s", state.name().toLowerCase(Locale.ROOT), name, found);
        return advice.isEmpty() ? line : line + System.lineSeparator() + " ".repeat(21) + "-> " + advice;
    }

    /**
     * For programs.
     *
     * @return an object
     */
    public Json.Obj json() {
        return Json.object(
                "name", name, "state", state.name().toLowerCase(Locale.ROOT), "found", found, "advice", advice);
    }
}
