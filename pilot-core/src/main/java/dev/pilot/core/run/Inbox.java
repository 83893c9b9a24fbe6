package dev.pilot.core.run;

import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.InboxItem;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells people what they are asked to decide, in one view of the store. */
final class Inbox {
    private final StoreView view;
    private final Map<ProjectId, Optional<Project>> projects = new HashMap<>();

    Inbox(StoreView view) {
        this.view = view;
    }

    InboxItem item(Approval approval) {
        Run run = approval.runId() == null
                ? null
                : view.runs().find(approval.runId()).orElse(null);
        return new InboxItem(
                approval,
                concerns(approval, run),
                why(approval),
                effect(approval, run),
                run == null ? null : diff(run),
                Math.max(0, Duration.between(approval.createdAt(), view.now()).toSeconds()));
    }

    private String concerns(Approval approval, @Nullable Run run) {
        List<String> names = new ArrayList<>();
        if (approval.projectId() != null) {
            projects.computeIfAbsent(approval.projectId(), id -> view.projects().find(id))
                    .ifPresent(project -> names.add("project " + project.name()));
        }
        if (run != null && run.taskId() != null) {
            view.tasks().find(run.taskId()).ifPresent(task -> names.add("task " + task.title()));
        }
        if (run != null) {
            names.add("run " + run.id() + (run.attempt() > 1 ? " in attempt " + run.attempt() : ""));
        }
        if (names.isEmpty()) {
            names.add(approval.subject().type() + " " + approval.subject().id());
        }
        return String.join(", ", names);
    }

    private static String why(Approval approval) {
        String asker = approval.askedBy() == null ? "The hub" : approval.askedBy();
        return switch (approval.kind()) {
            case START -> "It may not start before somebody has approved it.";
            case TOOL -> asker + " wants to use a tool that somebody has to approve.";
            case BUDGET -> "It has used up its budget.";
            case PUBLISH -> asker + " wants to send something out of the hub.";
            case QUESTION -> asker + " asks, and waits for the answer.";
            case REVIEW -> review(approval.payload());
            case ACTION -> asker + " may only propose this change.";
        };
    }

    private static String review(Json.Obj payload) {
        if (payload.get("conflict") instanceof Json.Arr files) {
            return "It was accepted, but conflicts with what was merged before it in "
                    + files.items().size() + (files.items().size() == 1 ? " file." : " files.");
        }
        String failure = payload.text("failure");
        return failure == null
                ? "Its result waits to be looked at."
                : "It was accepted, but could not be merged: " + failure;
    }

    private static String effect(Approval approval, @Nullable Run run) {
        return switch (approval.kind()) {
            case START ->
                run == null
                        ? "Yes starts it, and its runs need no approval of their own; no cancels it."
                        : "Yes queues the run; no cancels it.";
            case TOOL ->
                "Yes lets the run use it and remembers that, as far as the grant says; no tells the run that it may not.";
            case BUDGET -> "Yes raises the limit and lets the run go on; no fails it.";
            case PUBLISH, QUESTION -> "The run goes on with the answer.";
            case REVIEW ->
                run != null && ReviewMerges.isNeeded(run)
                        ? "Yes merges its branch; no fails the run, or sends it back with the comment."
                        : "Yes ends the run well; no fails it, or sends it back with the comment.";
            case ACTION ->
                run == null
                        ? "Yes changes the project as proposed, unless it has changed meanwhile; no leaves it as it is."
                        : "The run goes on with the answer.";
        };
    }

    private @Nullable ArtifactId diff(Run run) {
        return view.artifacts().of(run.id()).stream()
                .filter(artifact -> artifact.kind() == ArtifactKind.DIFF && artifact.attempt() == run.attempt())
                .reduce((older, newer) -> newer)
                .map(Artifact::id)
                .orElse(null);
    }
}
