package dev.pilot.server;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.AuditFinding;
import dev.pilot.api.access.AuditReport;
import dev.pilot.core.PilotHub;
import dev.pilot.wire.WireCodec;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the record of decisions, of a hub that serves or of one that is stopped. */
@Command(
        name = "verify",
        description = "Checks that the record is what the hub wrote; ends with 1 if it is not.",
        mixinStandardHelpOptions = true,
        footer = {"", "With --stopped it asks no hub, but reads the database and the key of --data-dir itself."})
final class AuditVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private HubOptions hub;

    @Mixin
    private SettingsOptions options;

    @Option(names = "--stopped", description = "The hub is not running: read its files.")
    private boolean stopped;

    @Option(names = "--json", description = "Print what came of it as an object.")
    private boolean json;

    @SuppressWarnings("NullAway") // picocli sets it
    AuditVerifyCommand() {}

    @Override
    public Integer call() {
        Logging.level("error");
        AuditReport report = stopped || options.isDataDirGiven() ? ofFiles() : ofHub();
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? WireCodec.writeText(report) : words(report));
        out.flush();
        return report.isIntact() ? 0 : 1;
    }

    private AuditReport ofFiles() {
        return PilotHub.verifyAudit(options.read(SettingsOptions.around()).hub());
    }

    private AuditReport ofHub() {
        try (Pilot pilot = hub.connect()) {
            return pilot.audit().verify();
        }
    }

    private static String words(AuditReport report) {
        AuditFinding finding = report.finding();
        String looked = report.checked() + " records, from " + report.first() + " to " + report.last();
        if (finding != null) {
            return "Not intact, " + finding.fault().wire() + " at record " + finding.sequence() + ": "
                    + finding.message();
        }
        return "Intact: " + looked + ", sealed up to " + report.sealed() + System.lineSeparator() + "  head  "
                + report.head();
    }
}
