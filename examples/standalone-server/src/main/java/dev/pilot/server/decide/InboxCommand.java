package dev.pilot.server.decide;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.InboxItem;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.server.HubOptions;
import dev.pilot.server.Logging;
import dev.pilot.wire.WireCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what waits for a decision: all of it, or one in full. */
@Command(
        name = "inbox",
        description = "Shows what waits for a decision, the riskiest first, then the oldest.",
        mixinStandardHelpOptions = true,
        footer = {"", "With an id it shows that one in full, with the changes where there are some."})
public final class InboxCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HubOptions hub;

    @Parameters(arity = "0..1", paramLabel = "<id>", description = "An approval, or the run that waits for one.")
    private @Nullable String id;

    @Option(names = "--project", paramLabel = "<id>", description = "Only what belongs to this project.")
    private @Nullable String project;

    @Option(names = "--json", description = "Print each as a line of JSON.")
    private boolean json;

    /** Made by the command line. */
    @SuppressWarnings("NullAway") // picocli sets it
    public InboxCommand() {}

    @Override
    public Integer call() throws IOException {
        Logging.level("error");
        try (Pilot pilot = hub.connect()) {
            PrintWriter out = spec.commandLine().getOut();
            if (id == null) {
                list(pilot, out);
            } else {
                show(pilot, Waiting.find(pilot, id), out);
            }
            out.flush();
            return 0;
        }
    }

    private void list(Pilot pilot, PrintWriter out) {
        ApprovalFilter filter = ApprovalFilter.builder()
                .projectId(project == null ? null : new ProjectId(project))
                .build();
        PageRequest request = PageRequest.first();
        boolean any = false;
        while (true) {
            Page<InboxItem> page = pilot.approvals().inbox(filter, request);
            for (InboxItem item : page.items()) {
                any = true;
                print(item, out);
            }
            if (page.next() == null) {
                break;
            }
            request = request.after(page.next());
        }
        if (!any && !json) {
            out.println("Nothing waits for you.");
        }
    }

    private void print(InboxItem item, PrintWriter out) {
        if (json) {
            out.println(WireCodec.writeText(item));
            return;
        }
        Approval approval = item.approval();
        out.println(approval.id() + "  " + approval.kind().wire() + ", risk "
                + approval.risk().wire() + ", for " + age(item.ageSeconds()));
        out.println("    " + approval.title());
        out.println("    " + item.concerns());
        out.println("    " + item.why() + " " + item.effect());
    }

    private void show(Pilot pilot, Approval approval, PrintWriter out) throws IOException {
        InboxItem found = null;
        if (approval.runId() != null) {
            found = Waiting.ofRun(pilot, approval.runId().value()).stream()
                    .filter(item -> item.approval().id().equals(approval.id()))
                    .findFirst()
                    .orElse(null);
        }
        if (json) {
            out.println(WireCodec.writeText(found == null ? approval : found));
            return;
        }
        if (found == null) {
            out.println(approval.id() + "  " + approval.kind().wire() + ", "
                    + approval.status().wire());
            out.println("    " + approval.title());
        } else {
            print(found, out);
        }
        out.println("    payload  " + approval.payload());
        out.println("    hash     " + approval.hash());
        if (found != null && found.diff() != null) {
            try (InputStream diff = pilot.runs().artifactContent(found.diff())) {
                out.println();
                out.print(new String(diff.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    static String age(long seconds) {
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
    }
}
