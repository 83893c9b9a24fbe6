package dev.pilot.runner.process.run;

import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunnerTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run's command is told in files, and the variables that name them. */
final class RunFiles {
    private RunFiles() {}

    /** Writes the files and adds all {@code PILOT_} variables. */
    static void write(RunnerTask task, Map<String, String> into) throws IOException {
        Run run = task.run();
        into.put("PILOT_RUN_ID", run.id().value());
        into.put("PILOT_ATTEMPT", Integer.toString(run.attempt()));
        into.put("PILOT_PROJECT_ID", run.projectId().value());
        putIfThere("PILOT_TASK_ID", run.taskId(), into);
        putIfThere("PILOT_BRANCH", run.branch(), into);
        putIfThere("PILOT_MODEL", run.profile().model(), into);
        Path scratch = Files.createDirectories(task.scratch()).toAbsolutePath();
        into.put("PILOT_SCRATCH", scratch.toString());
        write("PILOT_GOAL_FILE", scratch.resolve("goal.txt"), run.goal(), into);
        write("PILOT_FEEDBACK_FILE", scratch.resolve("feedback.txt"), run.feedback(), into);
        write("PILOT_PREVIOUS_DIFF_FILE", scratch.resolve("previous.diff"), task.previousDiff(), into);
        String inputs = run.inputs().members().isEmpty() ? null : run.inputs().toString();
        write("PILOT_INPUTS_FILE", scratch.resolve("inputs.json"), inputs, into);
        String prompt = run.profile().systemPrompt();
        write("PILOT_SYSTEM_PROMPT_FILE", scratch.resolve("system-prompt.txt"), prompt.isEmpty() ? null : prompt, into);
    }

    private static void putIfThere(String name, @Nullable Object value, Map<String, String> into) {
        if (value != null) {
            into.put(name, value.toString());
        }
    }

    private static void write(String name, Path file, @Nullable String content, Map<String, String> into)
            throws IOException {
        if (content != null) {
            into.put(name, Files.writeString(file, content).toString());
        }
    }
}
