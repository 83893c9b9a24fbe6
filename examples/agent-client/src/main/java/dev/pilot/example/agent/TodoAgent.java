package dev.pilot.example.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Looks for TODO notes in a directory. Its work is a run of the hub although the hub didn't start it: the run is {@code external}, so it
 * is running from its creation on, and the agent holds its lease.
 */
final class TodoAgent {
    private static final String NOTE = "TODO";

    private final Pilot pilot;

    TodoAgent(Pilot pilot) {
        this.pilot = pilot;
    }

    /**
     * Does its work and reports it.
     *
     * @return the run, over
     */
    Run report(ProjectId project, Path directory) throws IOException {
        Run run = pilot.runs()
                .create(CreateRun.forProject(project, "Find what is left to do in " + directory.getFileName())
                        .externalId("todo-agent-" + UUID.randomUUID())
                        .profile(
                                RunProfile.builder().runner(RunnerKind.EXTERNAL).build())
                        .build());
        Lease lease = InvalidInput.required(run.lease(), "lease");
        try {
            List<String> notes = look(run, lease, directory);
            byte[] report = (String.join("\n", notes) + "\n").getBytes(UTF_8);
            pilot.work()
                    .keep(
                            lease,
                            new NewArtifact(
                                    ArtifactKind.REPORT, "todo.txt", "text/plain", Json.object("notes", notes.size())),
                            report);
            return finish(FinishRun.builder(lease, RunResult.SUCCEEDED)
                    .summary(notes.size() + " notes")
                    .build());
        } catch (IOException failure) {
            RunError error = new RunError("unreadable", "The directory can't be read: " + failure.getMessage());
            finish(FinishRun.builder(lease, RunResult.FAILED).error(error).build());
            throw failure;
        }
    }

    private List<String> look(Run run, Lease lease, Path directory) throws IOException {
        List<String> notes = new ArrayList<>();
        long printed = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                List<String> found = notesIn(directory, file);
                if (!found.isEmpty()) {
                    notes.addAll(found);
                    byte[] lines = (String.join("\n", found) + "\n").getBytes(UTF_8);
                    printed = pilot.work().output(lease, OutputStream.STDOUT, printed, lines);
                    NewEvent note = NewEvent.builder(Subject.run(run.id()))
                            .type("note")
                            .title(found.size() + " notes in " + directory.relativize(file))
                            .build();
                    pilot.work()
                            .append(lease, List.of(note))
                            .toCompletableFuture()
                            .join();
                }
            }
        }
        return notes;
    }

    private static List<String> notesIn(Path directory, Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            List<String> notes = new ArrayList<>();
            for (int line = 0; line < lines.size(); line++) {
                if (lines.get(line).contains(NOTE)) {
                    notes.add(directory.relativize(file) + ":" + (line + 1) + ": "
                            + lines.get(line).strip());
                }
            }
            return notes;
        } catch (CharacterCodingException binary) {
            return List.of(); // no text, no notes
        }
    }

    private Run finish(FinishRun report) {
        return pilot.work().finish(List.of(report)).get(0).get();
    }
}
