package dev.pilot.server.demo;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows events as short lines. */
final class Timeline {
    private static final int SHOWN_LINES = 20;
    private static final int SHORT_COMMIT = 10;

    private final Pilot pilot;
    private final Screen screen;
    private final Colours colours;
    private final Map<String, String> names = new HashMap<>();
    private @Nullable TaskStatus taskStatus;

    Timeline(Pilot pilot, Screen screen) {
        this.pilot = pilot;
        this.screen = screen;
        this.colours = screen.colours();
    }

    /** Lets an entity be shown by a name instead of its id. */
    void name(String id, String name) {
        names.put(id, name);
    }

    void show(Event event) {
        screen.value(event);
        switch (event.type()) {
            case "created" -> line(event, event.subject().type(), name(event) + colours.dim(" is created"));
            case "updated" -> updated(event);
            case "status" -> status(event);
            case "approval" -> approval(event);
            case "log" -> line(event, "output", colours.dim("| ") + event.message());
            case "gate" -> gate(event);
            case "artifact" -> artifact(event);
            case "sync" -> line(event, "repo", name(event) + colours.dim(" is copied"));
            default -> line(event, event.type(), event.title());
        }
    }

    private void status(Event event) {
        RunState to = RunState.valueOf(text(event, "to"));
        String from = text(event, "from");
        StringBuilder line = new StringBuilder();
        if (!from.isEmpty()) {
            line.append(colours.state(RunState.valueOf(from))).append(" → ");
        }
        line.append(colours.state(to));
        if (text(event, "move").equals("claim")) {
            line.append(colours.dim("  attempt " + text(event, "attempt")));
        }
        for (String field : List.of("reason", "code")) {
            if (!text(event, field).isEmpty()) {
                line.append("  ").append(text(event, field));
            }
        }
        line(event, "run", line.toString());
        if (!event.message().isEmpty()) {
            event.message().lines().limit(SHOWN_LINES).forEach(text -> screen.more(colours.bad(text)));
        }
        String merged = text(event, "mergedCommit");
        if (!merged.isEmpty()) {
            screen.more(colours.good("✔ merged as " + merged.substring(0, SHORT_COMMIT)));
        }
    }

    private void approval(Event event) {
        String status = text(event, "status");
        String kind = text(event, "kind");
        switch (status) {
            case "pending" -> line(event, "approval", colours.bold(kind) + " is asked: " + event.message());
            case "approved" ->
                line(
                        event,
                        "approval",
                        colours.bold(kind) + colours.good(" ✔ approved") + " by " + text(event, "decidedBy"));
            default -> line(event, "approval", colours.bold(kind) + " " + status);
        }
    }

    private void gate(Event event) {
        boolean passed = text(event, "passed").equals("true");
        String took = String.format(Locale.ROOT, "  %.1f s", Long.parseLong("0" + text(event, "millis")) / 1000.0);
        line(
                event,
                "gate",
                (passed ? colours.good("✔ " + event.title()) : colours.bad("✘ " + event.title())) + colours.dim(took));
        event.message().lines().limit(SHOWN_LINES).forEach(text -> screen.more(colours.dim("| ") + text));
    }

    private void artifact(Event event) {
        Json.Obj data =
                pilot.runs().artifact(new ArtifactId(text(event, "artifactId"))).data();
        String counts = data.members().containsKey("files")
                ? data.members().get("files") + " files, +" + data.members().get("added") + " −"
                        + data.members().get("removed")
                : text(event, "size") + " bytes";
        line(event, "artifact", event.title() + "  " + colours.dim(counts));
    }

    /** Of what changes by itself, the task's status is of interest: it follows the run. */
    private void updated(Event event) {
        if (event.subject().type().equals("task")) {
            TaskStatus now = pilot.tasks().get(new TaskId(event.subject().id())).status();
            if (now != taskStatus) {
                taskStatus = now;
                line(event, "task", colours.noted(now.wire()) + "  " + colours.dim(name(event)));
            }
        }
    }

    private void line(Event event, String what, String text) {
        screen.line(
                event.at(),
                what,
                event.level() == Level.ERROR && text.equals(event.title()) ? colours.bad(text) : text);
    }

    private String name(Event event) {
        return names.getOrDefault(event.subject().id(), event.subject().id());
    }

    private static String text(Event event, String field) {
        Json value = event.data().members().get(field);
        return value == null || value == Json.NULL
                ? ""
                : value instanceof Json.Str str ? str.value() : value.toString();
    }
}
