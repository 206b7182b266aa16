<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Banner</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the message</source>
        <translation>Meldung kopieren</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>tokens in a row</source>
        <translation>Token in einer Zeile</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>Längen</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>nats per token</source>
        <translation>Nats je Token</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Trainable parameters</source>
        <translation>Trainierbare Parameter</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>Norm</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>Token/s</translation>
    </message>
    <message>
        <source>Plan of this run</source>
        <translation>Plan dieses Laufs</translation>
    </message>
</context>
<context>
    <name>ColumnPlot</name>
    <message>
        <source>{0} appears here once the run has started.</source>
        <translation>{0} erscheint hier, sobald der Lauf begonnen hat.</translation>
    </message>
    <message>
        <source>step {0}   {1}</source>
        <translation>Schritt {0}   {1}</translation>
    </message>
</context>
<context>
    <name>Dashboard</name>
    <message>
        <source>All plots</source>
        <translation>Alle Kurven</translation>
    </message>
    <message>
        <source>Show every plot at once, none behind a tab (Ctrl+L)</source>
        <translation>Alle Kurven auf einmal zeigen, keine hinter einem Reiter (Strg+L)</translation>
    </message>
    <message>
        <source>Samples, further plots and the plan</source>
        <translation>Proben, weitere Kurven und der Plan</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
</context>
<context>
    <name>DataPanel</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Rows that cannot be learnt</source>
        <translation>Zeilen, aus denen sich nichts lernen lässt</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>Vorige Zeile</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>Nächste Zeile</translation>
    </message>
    <message>
        <source>Look closer…</source>
        <translation>Genauer ansehen …</translation>
    </message>
    <message>
        <source>Columns and templates, every token of every row, lengths and problems</source>
        <translation>Spalten und Vorlagen, jedes Token jeder Zeile, Längen und Probleme</translation>
    </message>
    <message>
        <source>Reading the data…</source>
        <translation>Daten werden gelesen …</translation>
    </message>
    <message>
        <source>&lt;u&gt;learnt&lt;/u&gt; · read only · &lt;s&gt;cut&lt;/s&gt;</source>
        <translation>&lt;u&gt;gelernt&lt;/u&gt; · nur gelesen · &lt;s&gt;abgeschnitten&lt;/s&gt;</translation>
    </message>
    <message>
        <source>data {0}</source>
        <translation>Daten {0}</translation>
    </message>
    <message>
        <source>The rows appear here as the model will read them.</source>
        <translation>Hier erscheinen die Zeilen so, wie das Modell sie liest.</translation>
    </message>
    <message>
        <source> · {0:,} tokens</source>
        <translation> · {0:,} Token</translation>
    </message>
    <message>
        <source> · cut</source>
        <translation> · abgeschnitten</translation>
    </message>
</context>
<context>
    <name>DataPicker</name>
    <message>
        <source>Training data</source>
        <translation>Trainingsdaten</translation>
    </message>
    <message>
        <source>Data set of the Hub</source>
        <translation>Datensatz des Hubs</translation>
    </message>
    <message>
        <source>hub:owner/name, then Enter</source>
        <translation>hub:besitzer/name, dann Eingabe</translation>
    </message>
    <message>
        <source>A data set at huggingface.co. Part and split may follow: hub:owner/name/config:train</source>
        <translation>Ein Datensatz auf huggingface.co. Teil und Aufteilung können folgen: hub:besitzer/name/config:train</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Type a Hub data set…</source>
        <translation>Datensatz des Hubs eingeben …</translation>
    </message>
    <message>
        <source>JSONL, JSON, CSV, Parquet, Arrow or TXT; files and folders can also be dropped here</source>
        <translation>JSONL, JSON, CSV, Parquet, Arrow oder TXT; Dateien und Ordner lassen sich auch hierher ziehen</translation>
    </message>
    <message>
        <source>Data ({0});;All files (*)</source>
        <translation>Daten ({0});;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>DataWindow</name>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Views of the data</source>
        <translation>Ansichten der Daten</translation>
    </message>
    <message>
        <source>&amp;Rows and columns</source>
        <translation>&amp;Zeilen und Spalten</translation>
    </message>
    <message>
        <source>&amp;Tokens</source>
        <translation>&amp;Token</translation>
    </message>
    <message>
        <source>&amp;Lengths and problems</source>
        <translation>&amp;Längen und Probleme</translation>
    </message>
</context>
<context>
    <name>DesktopWires</name>
    <message>
        <source>Pick a model</source>
        <translation>Ein Modell wählen</translation>
    </message>
    <message>
        <source>A small starter model is chosen already. Choose another above, or drop a folder here. The tree below shows its layers: a tick means that an adapter is trained there.</source>
        <translation>Ein kleines Startmodell ist schon gewählt. Oben lässt sich ein anderes wählen, oder ein Ordner hierher ziehen. Der Baum darunter zeigt seine Schichten: Ein Häkchen heißt, dass dort ein Adapter trainiert wird.</translation>
    </message>
    <message>
        <source>Pick data</source>
        <translation>Daten wählen</translation>
    </message>
    <message>
        <source>Sample data are chosen already. Drop a file of your own here; what is learnt of it is shown.</source>
        <translation>Beispieldaten sind schon gewählt. Eine eigene Datei lässt sich hierher ziehen; was davon gelernt wird, ist zu sehen.</translation>
    </message>
    <message>
        <source>Adjust the adapter and the training</source>
        <translation>Adapter und Training einstellen</translation>
    </message>
    <message>
        <source>The values fit most cases. Rest on a label to read what it does; Ctrl+Z undoes every change.</source>
        <translation>Die Werte passen meistens. Der Mauszeiger auf einer Beschriftung zeigt, was sie bewirkt; Strg+Z macht jede Änderung rückgängig.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Loss, memory and sample answers appear in the centre while it trains. Afterwards, talk to the result in the playground, or export it.</source>
        <translation>Während des Trainings erscheinen in der Mitte Verlust, Speicher und Probeantworten. Danach lässt sich das Ergebnis im Spielfeld befragen oder exportieren.</translation>
    </message>
    <message>
        <source>{0} has finished</source>
        <translation>{0} ist fertig</translation>
    </message>
    <message>
        <source>{0} has failed</source>
        <translation>{0} ist gescheitert</translation>
    </message>
    <message>
        <source>{0} was interrupted</source>
        <translation>{0} wurde unterbrochen</translation>
    </message>
    <message>
        <source>The window speaks this language from the next start on.</source>
        <translation>Das Fenster spricht diese Sprache ab dem nächsten Start.</translation>
    </message>
</context>
<context>
    <name>DifferencesTable</name>
    <message>
        <source>What differs between the selected runs</source>
        <translation>Was die gewählten Läufe unterscheidet</translation>
    </message>
    <message>
        <source>Select several runs to see what differs.</source>
        <translation>Mehrere Läufe wählen, um zu sehen, was sie unterscheidet.</translation>
    </message>
    <message>
        <source>Nothing differs: the same plan, data, model and versions.</source>
        <translation>Nichts unterscheidet sie: derselbe Plan, dieselben Daten, dasselbe Modell, dieselben Versionen.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Unterschiede</translation>
    </message>
</context>
<context>
    <name>Edits</name>
    <message>
        <source>tick {0}</source>
        <translation>Häkchen bei {0}</translation>
    </message>
    <message>
        <source>untick {0}</source>
        <translation>kein Häkchen bei {0}</translation>
    </message>
    <message>
        <source>tick {0} with rank {1}</source>
        <translation>Häkchen bei {0} mit Rang {1}</translation>
    </message>
    <message>
        <source>rank {0} on {1}</source>
        <translation>Rang {0}: {1}</translation>
    </message>
    <message>
        <source>alpha {0} on {1}</source>
        <translation>Alpha {0}: {1}</translation>
    </message>
    <message>
        <source>dropout {0} on {1}</source>
        <translation>Dropout {0}: {1}</translation>
    </message>
    <message>
        <source>{0} ({1} targets)</source>
        <translation>{0} ({1} Ziele)</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} zu {1}</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>gemischt</translation>
    </message>
    <message>
        <source>{0} targets</source>
        <translation>{0} Ziele</translation>
    </message>
</context>
<context>
    <name>EstimateBar</name>
    <message>
        <source>Predicted memory</source>
        <translation>Vorhergesagter Speicher</translation>
    </message>
    <message>
        <source>Memory: choose a model to see</source>
        <translation>Speicher: bekannt, sobald ein Modell gewählt ist</translation>
    </message>
    <message>
        <source>How much memory the plan will need appears here</source>
        <translation>Hier erscheint, wie viel Speicher der Plan brauchen wird</translation>
    </message>
    <message>
        <source>{0} predicted</source>
        <translation>{0} vorhergesagt</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>{0} of {1} · {2}</source>
        <translation>{0} von {1} · {2}</translation>
    </message>
    <message>
        <source>The same plan without LoRA: {0}</source>
        <translation>Derselbe Plan ohne LoRA: {0}</translation>
    </message>
    <message>
        <source>Time: {0}.</source>
        <translation>Zeit: {0}.</translation>
    </message>
    <message>
        <source>Make it fit…</source>
        <translation>Passend machen …</translation>
    </message>
    <message>
        <source>Use less…</source>
        <translation>Sparen …</translation>
    </message>
    <message>
        <source>Changes that would lower the memory</source>
        <translation>Änderungen, die Speicher sparen würden</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>adapters</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>Gradienten</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>Logits</translation>
    </message>
    <message>
        <source>runtime</source>
        <translation>Laufzeit</translation>
    </message>
</context>
<context>
    <name>ExportWizard</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export {0}</source>
        <translation>{0} exportieren</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>{0:,} rows</source>
        <translation>{0:,} Zeilen</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 Token</translation>
    </message>
    <message>
        <source>{0:,} tokens</source>
        <translation>{0:,} Token</translation>
    </message>
    <message>
        <source>longest {0:,} tokens</source>
        <translation>längste {0:,} Token</translation>
    </message>
    <message>
        <source>{0:,} cut</source>
        <translation>{0:,} abgeschnitten</translation>
    </message>
    <message>
        <source>{0} of tokens learnt</source>
        <translation>{0} der Token gelernt</translation>
    </message>
    <message>
        <source>seen in the first {0}</source>
        <translation>in den ersten {0} gesehen</translation>
    </message>
    <message>
        <source>1 row cannot be learnt, left out</source>
        <translation>aus 1 Zeile lässt sich nichts lernen, weggelassen</translation>
    </message>
    <message>
        <source>1 row cannot be learnt</source>
        <translation>aus 1 Zeile lässt sich nichts lernen</translation>
    </message>
    <message>
        <source>{0:,} rows cannot be learnt, left out</source>
        <translation>aus {0:,} Zeilen lässt sich nichts lernen, weggelassen</translation>
    </message>
    <message>
        <source>{0:,} rows cannot be learnt</source>
        <translation>aus {0:,} Zeilen lässt sich nichts lernen</translation>
    </message>
    <message>
        <source>No row is cut.</source>
        <translation>Keine Zeile wird abgeschnitten.</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>etwa {0}</translation>
    </message>
    <message>
        <source>{0} cut, {1}</source>
        <translation>{0} abgeschnitten, {1}</translation>
    </message>
    <message>
        <source>{0} lost ({1})</source>
        <translation>{0} verloren ({1})</translation>
    </message>
    <message>
        <source>{0} with nothing left to learn</source>
        <translation>{0} ohne Lernbares</translation>
    </message>
    <message>
        <source>No token is learnt.</source>
        <translation>Kein Token wird gelernt.</translation>
    </message>
    <message>
        <source>{0:,} of {1:,} tokens are learnt, {2}; the others are read only.</source>
        <translation>{0:,} von {1:,} Token werden gelernt, {2}; die anderen nur gelesen.</translation>
    </message>
    <message>
        <source>{0}, {1:.1f}× fewer rows</source>
        <translation>{0}, {1:.1f}× weniger Zeilen</translation>
    </message>
    <message>
        <source>none: as the rows come</source>
        <translation>none: wie die Zeilen kommen</translation>
    </message>
    <message>
        <source>auto: rows of like length together</source>
        <translation>auto: Zeilen ähnlicher Länge zusammen</translation>
    </message>
    <message>
        <source>pack: several to a row</source>
        <translation>pack: mehrere in einer Zeile</translation>
    </message>
    <message>
        <source>{0:,} kept</source>
        <translation>{0:,} behalten</translation>
    </message>
    <message>
        <source>{0:,} learnt</source>
        <translation>{0:,} gelernt</translation>
    </message>
    <message>
        <source>the first {0:,} shown</source>
        <translation>die ersten {0:,} gezeigt</translation>
    </message>
    <message>
        <source>learnt</source>
        <translation>gelernt</translation>
    </message>
    <message>
        <source>read, not learnt</source>
        <translation>gelesen, nicht gelernt</translation>
    </message>
    <message>
        <source>cut away</source>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <source>token {0:,}</source>
        <translation>Token {0:,}</translation>
    </message>
    <message>
        <source>document {0}</source>
        <translation>Dokument {0}</translation>
    </message>
    <message>
        <source>position {0:,}</source>
        <translation>Stelle {0:,}</translation>
    </message>
    <message>
        <source>{0}, special</source>
        <translation>{0}, besonderes</translation>
    </message>
</context>
<context>
    <name>FetchStrip</name>
    <message>
        <source>Fetched of the data set</source>
        <translation>Vom Datensatz geholt</translation>
    </message>
    <message>
        <source>{0} is not on this machine yet</source>
        <translation>{0} ist noch nicht auf diesem Rechner</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Fetch {0}</source>
        <translation>{0} holen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel fetching the data set</source>
        <translation>Holen des Datensatzes abbrechen</translation>
    </message>
</context>
<context>
    <name>Fetching</name>
    <message>
        <source>Asking the Hub…</source>
        <translation>Der Hub wird gefragt …</translation>
    </message>
    <message>
        <source>Fetching: {0} of {1}</source>
        <translation>Wird geholt: {0} von {1}</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>one a line</source>
        <translation>je Zeile eine</translation>
    </message>
</context>
<context>
    <name>FileActions</name>
    <message>
        <source>open {0}</source>
        <translation>{0} öffnen</translation>
    </message>
    <message>
        <source>Saved. The same without a window: {0}</source>
        <translation>Gespeichert. Dasselbe ohne Fenster: {0}</translation>
    </message>
    <message>
        <source>new plan</source>
        <translation>neuer Plan</translation>
    </message>
    <message>
        <source>No plan was opened or saved yet</source>
        <translation>Noch wurde kein Plan geöffnet oder gespeichert</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Open a plan</source>
        <translation>Plan öffnen</translation>
    </message>
    <message>
        <source>Plans (*.yaml *.yml);;All files (*)</source>
        <translation>Pläne (*.yaml *.yml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>Plan speichern</translation>
    </message>
    <message>
        <source>Plans (*.yaml)</source>
        <translation>Pläne (*.yaml)</translation>
    </message>
    <message>
        <source>Copied: {0}</source>
        <translation>Kopiert: {0}</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Problems and notes</source>
        <translation>Probleme und Hinweise</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Rows that teach the same as an earlier one</source>
        <translation>Zeilen, die dasselbe lehren wie eine frühere</translation>
    </message>
    <message>
        <source>leave them out, or they count twice</source>
        <translation>weglassen, sonst zählen sie doppelt</translation>
    </message>
    <message>
        <source>In the evaluation data: {0}</source>
        <translation>In den Auswertungsdaten: {0}</translation>
    </message>
    <message>
        <source>Evaluation rows, of {0:,}, that are also learnt from</source>
        <translation>Auswertungszeilen von {0:,}, aus denen auch gelernt wird</translation>
    </message>
    <message>
        <source>the evaluation will look better than it is: leave them out of one of the two</source>
        <translation>die Auswertung sähe besser aus, als sie ist: aus einem der beiden weglassen</translation>
    </message>
    <message>
        <source>and {0:,} more</source>
        <translation>und {0:,} weitere</translation>
    </message>
    <message>
        <source>row {0:,}</source>
        <translation>Zeile {0:,}</translation>
    </message>
</context>
<context>
    <name>FitDialog</name>
    <message>
        <source>Make it fit</source>
        <translation>Passend machen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Choose a model first</source>
        <translation>Erst ein Modell wählen</translation>
    </message>
    <message>
        <source>No change of the plan would lower its memory by much.</source>
        <translation>Keine Änderung des Plans würde viel Speicher sparen.</translation>
    </message>
    <message>
        <source>{0} predicted</source>
        <translation>{0} vorhergesagt</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>{0} of {1} · {2}</source>
        <translation>{0} von {1} · {2}</translation>
    </message>
    <message>
        <source>Time: {0}.</source>
        <translation>Zeit: {0}.</translation>
    </message>
    <message>
        <source>Price: {0}</source>
        <translation>Preis: {0}</translation>
    </message>
    <message>
        <source>−{0}</source>
        <translation>−{0}</translation>
    </message>
    <message>
        <source>still too large</source>
        <translation>noch zu groß</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Apply: {0}</source>
        <translation>Anwenden: {0}</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>{0} settings to default</source>
        <translation>{0} Einstellungen auf Vorgabe</translation>
    </message>
    <message>
        <source>{0} to default</source>
        <translation>{0} auf Vorgabe</translation>
    </message>
    <message>
        <source>{0}, default {1}</source>
        <translation>{0}, Vorgabe {1}</translation>
    </message>
    <message>
        <source>{0} {1} to {2}</source>
        <translation>{0} {1} zu {2}</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>{0} entries</source>
        <translation>{0} Einträge</translation>
    </message>
    <message>
        <source>scale {0}</source>
        <translation>Stärke {0}</translation>
    </message>
    <message>
        <source>× {0} = {1} rows</source>
        <translation>× {0} = {1} Zeilen</translation>
    </message>
    <message>
        <source>= {0:,} steps</source>
        <translation>= {0:,} Schritte</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nicht benutzt</translation>
    </message>
</context>
<context>
    <name>HelpMenu</name>
    <message>
        <source>Tour of the window</source>
        <translation>Rundgang durch das Fenster</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>HubDialog</name>
    <message>
        <source>Find a model on the Hub</source>
        <translation>Ein Modell auf dem Hub suchen</translation>
    </message>
    <message>
        <source>Words of the name, such as qwen 0.5b instruct</source>
        <translation>Wörter des Namens, etwa qwen 0.5b instruct</translation>
    </message>
    <message>
        <source>Search the Hub</source>
        <translation>Auf dem Hub suchen</translation>
    </message>
    <message>
        <source>Models found</source>
        <translation>Gefundene Modelle</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Dieses Modell nehmen</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>Models with safetensors weights are looked for. Nothing is downloaded yet.</source>
        <translation>Gesucht werden Modelle mit safetensors-Gewichten. Noch wird nichts heruntergeladen.</translation>
    </message>
    <message>
        <source>The Hub has no model with safetensors weights of that name.</source>
        <translation>Der Hub hat kein Modell dieses Namens mit safetensors-Gewichten.</translation>
    </message>
    <message>
        <source>Asking the Hub…</source>
        <translation>Der Hub wird gefragt …</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>nicht genannt</translation>
    </message>
    <message>
        <source>{0} parameters</source>
        <translation>{0} Parameter</translation>
    </message>
    <message>
        <source>its owner has to grant access first: ask on its page</source>
        <translation>der Eigentümer muss erst Zugang gewähren: auf der Seite darum bitten</translation>
    </message>
    <message>
        <source>cannot be trained: {0}</source>
        <translation>lässt sich nicht trainieren: {0}</translation>
    </message>
</context>
<context>
    <name>HubWires</name>
    <message>
        <source>licence not named</source>
        <translation>Lizenz nicht genannt</translation>
    </message>
    <message>
        <source>{0} to download</source>
        <translation>{0} herunterzuladen</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird heruntergeladen</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Pause or resume the run</source>
        <translation>Lauf anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>Lauf beenden</translation>
    </message>
    <message>
        <source>Show the plots</source>
        <translation>Diagramme zeigen</translation>
    </message>
    <message>
        <source>Show the runs</source>
        <translation>Läufe zeigen</translation>
    </message>
    <message>
        <source>Show the playground</source>
        <translation>Spielfeld zeigen</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Einstellung finden</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Previous panel</source>
        <translation>Voriger Bereich</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>Lane</name>
    <message>
        <source>Who answers: {0}</source>
        <translation>Wer antwortet: {0}</translation>
    </message>
    <message>
        <source>The base model, or the run whose adapter answers</source>
        <translation>Das Basismodell oder der Lauf, dessen Adapter antwortet</translation>
    </message>
    <message>
        <source>Scale: {0}</source>
        <translation>Stärke: {0}</translation>
    </message>
    <message>
        <source>Scale as a number: {0}</source>
        <translation>Stärke als Zahl: {0}</translation>
    </message>
    <message>
        <source>How strongly the adapter acts: 0 is the base model, 1 as trained</source>
        <translation>Wie stark der Adapter wirkt: 0 ist das Basismodell, 1 wie trainiert</translation>
    </message>
    <message>
        <source>Answer: {0}</source>
        <translation>Antwort: {0}</translation>
    </message>
    <message>
        <source>The answer appears here, word by word.</source>
        <translation>Die Antwort erscheint hier Wort für Wort.</translation>
    </message>
    <message>
        <source>Remove this lane: {0}</source>
        <translation>Diese Spur entfernen: {0}</translation>
    </message>
    <message>
        <source>Remove this lane</source>
        <translation>Diese Spur entfernen</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>Basismodell</translation>
    </message>
    <message>
        <source>No adapter yet: train one first</source>
        <translation>Noch kein Adapter: erst einen trainieren</translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>Add a lane</source>
        <translation>Neue Spur</translation>
    </message>
    <message>
        <source>These runs have different base models: choose runs of the same one</source>
        <translation>Diese Läufe haben verschiedene Basismodelle: Läufe desselben wählen</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>third</source>
        <translation>dritte</translation>
    </message>
    <message>
        <source>fourth</source>
        <translation>vierte</translation>
    </message>
    <message>
        <source>fifth</source>
        <translation>fünfte</translation>
    </message>
    <message>
        <source>There is room for {0} lanes</source>
        <translation>Es ist Platz für {0} Spuren</translation>
    </message>
    <message>
        <source>Let one more adapter answer in the same batch</source>
        <translation>Einen weiteren Adapter im selben Batch antworten lassen</translation>
    </message>
</context>
<context>
    <name>LayerMatrix</name>
    <message>
        <source>Layers × projections</source>
        <translation>Schichten × Projektionen</translation>
    </message>
    <message>
        <source>Colour of the cells</source>
        <translation>Farbe der Zellen</translation>
    </message>
    <message>
        <source>by rank</source>
        <translation>nach Rang</translation>
    </message>
    <message>
        <source>by ‖ΔW‖ / ‖W‖</source>
        <translation>nach ‖ΔW‖ / ‖W‖</translation>
    </message>
    <message>
        <source>by gradient</source>
        <translation>nach Gradient</translation>
    </message>
    <message>
        <source>by effective rank</source>
        <translation>nach wirksamem Rang</translation>
    </message>
    <message>
        <source>Rank, or what a run has measured: how far each target has moved, the length of its gradient, and at the end how many directions it makes use of</source>
        <translation>Rang, oder was ein Lauf gemessen hat: wie weit sich jedes Ziel bewegt hat, die Länge seines Gradienten und am Ende, wie viele Richtungen es nutzt</translation>
    </message>
    <message>
        <source>Layers and projections</source>
        <translation>Schichten und Projektionen</translation>
    </message>
    <message>
        <source>The layers appear here once a model is chosen.</source>
        <translation>Die Schichten erscheinen hier, sobald ein Modell gewählt ist.</translation>
    </message>
    <message>
        <source>Copy the first selected layer to the others</source>
        <translation>Die erste gewählte Schicht auf die anderen kopieren</translation>
    </message>
    <message>
        <source>Blend ranks from the first to the last selected layer</source>
        <translation>Ränge von der ersten bis zur letzten gewählten Schicht überblenden</translation>
    </message>
    <message>
        <source>Smaller cells</source>
        <translation>Kleinere Zellen</translation>
    </message>
    <message>
        <source>Larger cells</source>
        <translation>Größere Zellen</translation>
    </message>
    <message>
        <source>Cells that fit</source>
        <translation>Passende Zellen</translation>
    </message>
    <message>
        <source>copy a layer</source>
        <translation>Schicht kopieren</translation>
    </message>
    <message>
        <source>blend ranks</source>
        <translation>Ränge überblenden</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>bewegt</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>directions</source>
        <translation>Richtungen</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
</context>
<context>
    <name>LayerMixer</name>
    <message>
        <source>Nothing is known of what these adapters train: choose a run of this studio.</source>
        <translation>Was diese Adapter trainieren, ist nicht bekannt: einen Lauf dieses Studios wählen.</translation>
    </message>
    <message>
        <source>All speak</source>
        <translation>Alle sprechen</translation>
    </message>
    <message>
        <source>Mute nothing</source>
        <translation>Nichts stummschalten</translation>
    </message>
    <message>
        <source>Projections</source>
        <translation>Projektionen</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>first layers, {0}</source>
        <translation>erste Schichten, {0}</translation>
    </message>
    <message>
        <source>middle layers, {0}</source>
        <translation>mittlere Schichten, {0}</translation>
    </message>
    <message>
        <source>last layers, {0}</source>
        <translation>letzte Schichten, {0}</translation>
    </message>
</context>
<context>
    <name>LengthsPlot</name>
    <message>
        <source>How long the rows are appears here once all of them are read.</source>
        <translation>Wie lang die Zeilen sind, erscheint hier, sobald alle gelesen sind.</translation>
    </message>
    <message>
        <source>Show all lengths</source>
        <translation>Alle Längen zeigen</translation>
    </message>
    <message>
        <source>kept whole</source>
        <translation>ganz behalten</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <source>cut-off, drag it</source>
        <translation>Grenze, lässt sich ziehen</translation>
    </message>
    <message>
        <source>{0:,} rows</source>
        <translation>{0:,} Zeilen</translation>
    </message>
    <message>
        <source>{0} tokens: {1:,} rows</source>
        <translation>{0} Token: {1:,} Zeilen</translation>
    </message>
</context>
<context>
    <name>LengthsTab</name>
    <message>
        <source>Longest row in tokens</source>
        <translation>Längste Zeile in Token</translation>
    </message>
    <message>
        <source>Keep all whole</source>
        <translation>Alle ganz behalten</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear the prepared data</source>
        <translation>Vorbereitete Daten löschen</translation>
    </message>
    <message>
        <source>Frees the disk; the data are prepared again when they are needed</source>
        <translation>Gibt die Festplatte frei; die Daten werden bei Bedarf neu vorbereitet</translation>
    </message>
    <message>
        <source>{0} freed. Data are prepared again when they are needed.</source>
        <translation>{0} frei geworden. Daten werden bei Bedarf neu vorbereitet.</translation>
    </message>
    <message>
        <source>Known once all rows are read.</source>
        <translation>Bekannt, sobald alle Zeilen gelesen sind.</translation>
    </message>
    <message>
        <source>{0}: a run does not start with them</source>
        <translation>{0}: damit beginnt kein Lauf</translation>
    </message>
    <message>
        <source>Nothing is wrong with the rows.</source>
        <translation>Mit den Zeilen ist alles in Ordnung.</translation>
    </message>
    <message>
        <source>Prepared data on the disk: {0} of these rows, {1} in all.</source>
        <translation>Vorbereitete Daten auf der Festplatte: {0} von diesen Zeilen, {1} insgesamt.</translation>
    </message>
    <message>
        <source>length {0:,} to {1:,}</source>
        <translation>Länge {0:,} zu {1:,}</translation>
    </message>
    <message>
        <source>Cut rows after</source>
        <translation>Zeilen abschneiden nach</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Learnt and padded</source>
        <translation>Gelernt und aufgefüllt</translation>
    </message>
    <message>
        <source>Problems and notes</source>
        <translation>Probleme und Hinweise</translation>
    </message>
    <message>
        <source>Padding in a batch</source>
        <translation>Auffüllung in einem Stapel</translation>
    </message>
</context>
<context>
    <name>LensTab</name>
    <message>
        <source>‹ Previous</source>
        <translation>‹ Vorige</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>Vorige Zeile</translation>
    </message>
    <message>
        <source>Next ›</source>
        <translation>Nächste ›</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>Nächste Zeile</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längste</translation>
    </message>
    <message>
        <source>Go to the longest row</source>
        <translation>Zur längsten Zeile</translation>
    </message>
    <message>
        <source>Shortest</source>
        <translation>Kürzeste</translation>
    </message>
    <message>
        <source>Go to the shortest row</source>
        <translation>Zur kürzesten Zeile</translation>
    </message>
    <message>
        <source>Next problem</source>
        <translation>Nächstes Problem</translation>
    </message>
    <message>
        <source>Go to the next row that cannot be learnt</source>
        <translation>Zur nächsten Zeile, aus der sich nichts lernen lässt</translation>
    </message>
    <message>
        <source>Packed</source>
        <translation>Gepackt</translation>
    </message>
    <message>
        <source>Rows as they are packed: several documents behind each other, unseen by each other</source>
        <translation>Zeilen, wie sie gepackt werden: mehrere Dokumente hintereinander, die einander nicht sehen</translation>
    </message>
    <message>
        <source>Every token of a row appears here once all rows are read. Choose data and a model first.</source>
        <translation>Jedes Token einer Zeile erscheint hier, sobald alle Zeilen gelesen sind. Zuerst Daten und ein Modell wählen.</translation>
    </message>
    <message>
        <source>This row has no tokens. What is wrong with it stands above.</source>
        <translation>Diese Zeile hat keine Token. Was mit ihr nicht stimmt, steht oben.</translation>
    </message>
    <message>
        <source>Point at a token, or walk with the arrow keys, to read it.</source>
        <translation>Auf ein Token zeigen oder mit den Pfeiltasten gehen, um es zu lesen.</translation>
    </message>
    <message>
        <source>of {0:,}</source>
        <translation>von {0:,}</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>The loss of each step appears here once the run has started.</source>
        <translation>Der Verlust jedes Schritts erscheint hier, sobald der Lauf begonnen hat.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Logarithmic loss axis</source>
        <translation>Logarithmische Verlustachse</translation>
    </message>
    <message>
        <source>each step</source>
        <translation>jeder Schritt</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>geglättet</translation>
    </message>
    <message>
        <source>evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>Schritt {0}</translation>
    </message>
    <message>
        <source>{0}, smoothed {1}</source>
        <translation>{0}, geglättet {1}</translation>
    </message>
    <message>
        <source>eval {0}</source>
        <translation>Auswertung {0}</translation>
    </message>
    <message>
        <source>best {0}</source>
        <translation>bester {0}</translation>
    </message>
</context>
<context>
    <name>MainBar</name>
    <message>
        <source>Main</source>
        <translation>Hauptleiste</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>Spielfeld</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Export …</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Panels, theme and layout</source>
        <translation>Bereiche, Farben und Anordnung</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>What the window has no room for</source>
        <translation>Wofür das Fenster keinen Platz hat</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>LoRA Studio</source>
        <translation>LoRA Studio</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Start over with the starter model and its data</source>
        <translation>Von vorn, mit dem Startmodell und seinen Daten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a plan file or a run</source>
        <translation>Plandatei oder Lauf öffnen</translation>
    </message>
    <message>
        <source>Save plan</source>
        <translation>Plan speichern</translation>
    </message>
    <message>
        <source>Save the plan as a file</source>
        <translation>Den Plan als Datei speichern</translation>
    </message>
    <message>
        <source>Copy command line</source>
        <translation>Befehlszeile kopieren</translation>
    </message>
    <message>
        <source>Copy the command that does the same without a window</source>
        <translation>Den Befehl kopieren, der dasselbe ohne Fenster tut</translation>
    </message>
    <message>
        <source>Sample now</source>
        <translation>Jetzt proben</translation>
    </message>
    <message>
        <source>Answer the sample prompts now</source>
        <translation>Die Probefragen jetzt beantworten</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Write a checkpoint now</source>
        <translation>Jetzt einen Sicherungspunkt schreiben</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Export the adapter or a merged model</source>
        <translation>Den Adapter oder ein verschmolzenes Modell exportieren</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>as it was opened</source>
        <translation>wie geöffnet</translation>
    </message>
</context>
<context>
    <name>MatrixGrid</name>
    <message>
        <source>no module that can be adapted</source>
        <translation>kein Modul, das sich anpassen lässt</translation>
    </message>
    <message>
        <source>one target for all {0} experts, each with {1}</source>
        <translation>ein Ziel für alle {0} Experten, jeder mit {1}</translation>
    </message>
    <message>
        <source>{0} of {1} experts are targets</source>
        <translation>{0} von {1} Experten sind Ziele</translation>
    </message>
    <message>
        <source>no target</source>
        <translation>kein Ziel</translation>
    </message>
    <message>
        <source>rank {0}, alpha {1}</source>
        <translation>Rang {0}, Alpha {1}</translation>
    </message>
    <message>
        <source>{0} trainable parameters</source>
        <translation>{0} trainierbare Parameter</translation>
    </message>
    <message>
        <source>moved {0} of its weight&apos;s norm</source>
        <translation>um {0} der Norm seines Gewichts bewegt</translation>
    </message>
    <message>
        <source>gradient {0}</source>
        <translation>Gradient {0}</translation>
    </message>
    <message>
        <source>makes use of {0} directions</source>
        <translation>nutzt {0} Richtungen</translation>
    </message>
</context>
<context>
    <name>MatrixRoom</name>
    <message>
        <source>cells at {0} %</source>
        <translation>Zellen bei {0} %</translation>
    </message>
</context>
<context>
    <name>MemoryPlot</name>
    <message>
        <source>The memory that the run holds appears here, beside what was predicted.</source>
        <translation>Der Speicher, den der Lauf hält, erscheint hier neben der Vorhersage.</translation>
    </message>
    <message>
        <source>allocated</source>
        <translation>belegt</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>reserved</source>
        <translation>reserviert</translation>
    </message>
    <message>
        <source>predicted {0}</source>
        <translation>vorhergesagt {0}</translation>
    </message>
    <message>
        <source>limit {0}</source>
        <translation>Grenze {0}</translation>
    </message>
    <message>
        <source>limit {0}, above</source>
        <translation>Grenze {0}, weiter oben</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>step {0}   {1}</source>
        <translation>Schritt {0}   {1}</translation>
    </message>
    <message>
        <source>{0} now</source>
        <translation>jetzt {0}</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Choose targets by name; the first takes everything back to the start</source>
        <translation>Ziele nach Namen wählen; die erste stellt den Anfang wieder her</translation>
    </message>
    <message>
        <source>Ranks…</source>
        <translation>Ränge …</translation>
    </message>
    <message>
        <source>Distribute ranks</source>
        <translation>Ränge verteilen</translation>
    </message>
    <message>
        <source>Spread a budget of parameters over the targets</source>
        <translation>Ein Budget von Parametern auf die Ziele verteilen</translation>
    </message>
    <message>
        <source>A budget of parameters…</source>
        <translation>Ein Budget an Parametern …</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>The layers appear here once a model is chosen.</source>
        <translation>Die Schichten erscheinen hier, sobald ein Modell gewählt ist.</translation>
    </message>
    <message>
        <source>{0} of {1} targets</source>
        <translation>{0} von {1} Zielen</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>model {0}</source>
        <translation>Modell {0}</translation>
    </message>
    <message>
        <source>preset {0}</source>
        <translation>Vorgabe {0}</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Hub id</source>
        <translation>Hub-Name</translation>
    </message>
    <message>
        <source>Hub id, such as owner/name, then Enter</source>
        <translation>Hub-Name wie besitzer/name, dann Eingabe</translation>
    </message>
    <message>
        <source>The model&apos;s name at huggingface.co; nothing is downloaded yet</source>
        <translation>Der Name des Modells auf huggingface.co; noch wird nichts geladen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Progress of the model</source>
        <translation>Fortschritt des Modells</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the download</source>
        <translation>Laden abbrechen</translation>
    </message>
    <message>
        <source>Download {0}</source>
        <translation>{0} laden</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Search the Hub…</source>
        <translation>Auf dem Hub suchen …</translation>
    </message>
    <message>
        <source>Type a Hub id…</source>
        <translation>Hub-Namen eingeben …</translation>
    </message>
    <message>
        <source>Folder of the model</source>
        <translation>Ordner des Modells</translation>
    </message>
    <message>
        <source>Starter model</source>
        <translation>Startmodell</translation>
    </message>
    <message>
        <source>bundled, small, works offline</source>
        <translation>mitgeliefert, klein, ohne Netz</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>tight: in 4 bits</source>
        <translation>knapp: in 4 Bit</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>zu groß</translation>
    </message>
</context>
<context>
    <name>ModelTree</name>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Space ticks a row; F2 or a number edits its rank or alpha</source>
        <translation>Leertaste setzt ein Häkchen; F2 oder eine Ziffer ändert Rang oder Alpha</translation>
    </message>
</context>
<context>
    <name>NextPage</name>
    <message>
        <source>Next steps</source>
        <translation>Wie es weitergeht</translation>
    </message>
    <message>
        <source>Paste this to use what you exported.</source>
        <translation>Dies einfügen, um das Exportierte zu benutzen.</translation>
    </message>
    <message>
        <source>Code to paste</source>
        <translation>Code zum Einfügen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>NotesPanel</name>
    <message>
        <source>for example: good, rank 8</source>
        <translation>zum Beispiel: gut, Rang 8</translation>
    </message>
    <message>
        <source>Tags of the run, separated by commas</source>
        <translation>Schlagwörter des Laufs, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>What was tried, and what came of it</source>
        <translation>Was versucht wurde, und was daraus wurde</translation>
    </message>
    <message>
        <source>Note about the run</source>
        <translation>Notiz zum Lauf</translation>
    </message>
    <message>
        <source>Select one run to write down tags and a note. The search finds both.</source>
        <translation>Einen Lauf wählen, um Schlagwörter und eine Notiz aufzuschreiben. Die Suche findet beides.</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
</context>
<context>
    <name>OverlayPlot</name>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Select one run or several in the table to see their losses here.</source>
        <translation>In der Tabelle einen Lauf oder mehrere wählen, um hier ihren Verlust zu sehen.</translation>
    </message>
    <message>
        <source>Draw the loss over</source>
        <translation>Verlust zeichnen über</translation>
    </message>
    <message>
        <source>What the runs are lined up by</source>
        <translation>Wonach die Läufe ausgerichtet sind</translation>
    </message>
    <message>
        <source>by step</source>
        <translation>nach Schritten</translation>
    </message>
    <message>
        <source>by tokens</source>
        <translation>nach Token</translation>
    </message>
    <message>
        <source>by time</source>
        <translation>nach Zeit</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>seconds since the first step</source>
        <translation>Sekunden seit dem ersten Schritt</translation>
    </message>
    <message>
        <source>smoothed, evenly spread steps of long runs</source>
        <translation>geglättet, bei langen Läufen gleichmäßig verteilte Schritte</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>geglättet</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>Schritt {0}</translation>
    </message>
    <message>
        <source>{0} tokens</source>
        <translation>{0} Token</translation>
    </message>
</context>
<context>
    <name>ParametersPlot</name>
    <message>
        <source>Choose a model and its targets to see what each layer will train.</source>
        <translation>Ein Modell und seine Ziele wählen, um zu sehen, was jede Schicht trainiert.</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>billions</source>
        <translation>Milliarden</translation>
    </message>
    <message>
        <source>millions</source>
        <translation>Millionen</translation>
    </message>
    <message>
        <source>thousands</source>
        <translation>Tausend</translation>
    </message>
    <message>
        <source>layer {0}</source>
        <translation>Schicht {0}</translation>
    </message>
</context>
<context>
    <name>PartsEditor</name>
    <message>
        <source>What plays the part {0}</source>
        <translation>Was die Rolle {0} spielt</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>darf leer bleiben</translation>
    </message>
    <message>
        <source>a column, or a text</source>
        <translation>eine Spalte oder ein Text</translation>
    </message>
    <message>
        <source>A column, or a text with columns in braces: Translate: {source}</source>
        <translation>Eine Spalte, oder ein Text mit Spalten in Klammern: Translate: {source}</translation>
    </message>
</context>
<context>
    <name>PatternBar</name>
    <message>
        <source>Pattern, such as layers.[2-7].*_proj</source>
        <translation>Muster wie layers.[2-7].*_proj</translation>
    </message>
    <message>
        <source>Pattern of module names</source>
        <translation>Muster für Modulnamen</translation>
    </message>
    <message>
        <source>* any text, ? one character, [2-7] one of these; Enter ticks what matches</source>
        <translation>* beliebiger Text, ? ein Zeichen, [2-7] eines davon; Eingabe setzt Häkchen bei Treffern</translation>
    </message>
    <message>
        <source>Tick</source>
        <translation>Häkchen setzen</translation>
    </message>
    <message>
        <source>Untick</source>
        <translation>Häkchen lösen</translation>
    </message>
    <message>
        <source>Tick all that match</source>
        <translation>Alle Treffer mit Häkchen versehen</translation>
    </message>
    <message>
        <source>Untick all that match</source>
        <translation>Bei allen Treffern das Häkchen lösen</translation>
    </message>
    <message>
        <source>{0} match</source>
        <translation>{0} Treffer</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>kein Treffer</translation>
    </message>
    <message>
        <source>{0} targets matching {1}</source>
        <translation>{0} Ziele nach {1}</translation>
    </message>
</context>
<context>
    <name>PlanCard</name>
    <message>
        <source>Use this plan</source>
        <translation>Diesen Plan verwenden</translation>
    </message>
    <message>
        <source>The plan as it was carried out</source>
        <translation>Der Plan, wie er ausgeführt wurde</translation>
    </message>
    <message>
        <source>The plan of a run appears here once one is started or opened.</source>
        <translation>Hier erscheint der Plan eines Laufs, sobald einer gestartet oder geöffnet wird.</translation>
    </message>
    <message>
        <source>The plan cannot be read: {0}</source>
        <translation>Der Plan lässt sich nicht lesen: {0}</translation>
    </message>
    <message>
        <source>on screen now</source>
        <translation>ist jetzt zu sehen</translation>
    </message>
    <message>
        <source>This is the plan on screen already</source>
        <translation>Dieser Plan ist schon zu sehen</translation>
    </message>
    <message>
        <source>Put this plan on screen, for a new run; Undo brings back the one that is there</source>
        <translation>Diesen Plan auf den Schirm holen, für einen neuen Lauf; Rückgängig bringt den jetzigen zurück</translation>
    </message>
</context>
<context>
    <name>PlanWires</name>
    <message>
        <source>Reading the model…</source>
        <translation>Modell wird gelesen …</translation>
    </message>
</context>
<context>
    <name>Playground</name>
    <message>
        <source>Playground</source>
        <translation>Spielfeld</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Eingabetext</translation>
    </message>
    <message>
        <source>Write a prompt as in your training data, then press Generate (Ctrl+Enter).</source>
        <translation>Einen Text wie in den Trainingsdaten schreiben, dann Erzeugen drücken (Strg+Eingabe).</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>End the answers where they are</source>
        <translation>Die Antworten hier beenden</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>All the same</source>
        <translation>Alle gleich</translation>
    </message>
    <message>
        <source>Answer in all lanes at once (Ctrl+Enter)</source>
        <translation>In allen Spuren zugleich antworten (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>This adapter learnt from single questions: without a chat template there is no conversation</source>
        <translation>Dieser Adapter hat aus einzelnen Fragen gelernt: ohne Chat-Vorlage gibt es kein Gespräch</translation>
    </message>
    <message>
        <source>Each question goes on from those before it and their answers, in each lane from its own</source>
        <translation>Jede Frage schließt an die vorigen und deren Antworten an, in jeder Spur an die eigenen</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>A conversation cannot be copied, a single question can</source>
        <translation>Ein Gespräch lässt sich nicht kopieren, eine einzelne Frage schon</translation>
    </message>
    <message>
        <source>The same question without the studio</source>
        <translation>Dieselbe Frage ohne das Studio</translation>
    </message>
    <message>
        <source>Python, with transformers and PEFT</source>
        <translation>Python, mit transformers und PEFT</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Von vorn</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>base weights, no adapter</source>
        <translation>Gewichte der Basis, kein Adapter</translation>
    </message>
    <message>
        <source>Both the same</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Answers differ</source>
        <translation>Ungleich</translation>
    </message>
    <message>
        <source>adapter {0}, {1} of {2} targets at scale {3:g}</source>
        <translation>Adapter {0}, {1} von {2} Zielen mit Stärke {3:g}</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Modell wird geladen …</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Answering…</source>
        <translation>Antwortet …</translation>
    </message>
    <message>
        <source>No run has an adapter yet: train one first</source>
        <translation>Noch hat kein Lauf einen Adapter: erst einen trainieren</translation>
    </message>
    <message>
        <source>Write a prompt first</source>
        <translation>Erst einen Eingabetext schreiben</translation>
    </message>
</context>
<context>
    <name>PlotCard</name>
    <message>
        <source>Reset view</source>
        <translation>Ansicht zurücksetzen</translation>
    </message>
    <message>
        <source>Show the whole run, and follow it</source>
        <translation>Den ganzen Lauf zeigen und ihm folgen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>Als PNG speichern …</translation>
    </message>
    <message>
        <source>Save as SVG…</source>
        <translation>Als SVG speichern …</translation>
    </message>
    <message>
        <source>Save values as CSV…</source>
        <translation>Werte als CSV speichern …</translation>
    </message>
    <message>
        <source>Copy image</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>What can be done with this plot</source>
        <translation>Was sich mit diesem Diagramm tun lässt</translation>
    </message>
    <message>
        <source>Plot: {0}</source>
        <translation>Diagramm: {0}</translation>
    </message>
    <message>
        <source>Save plot</source>
        <translation>Diagramm speichern</translation>
    </message>
</context>
<context>
    <name>Preset</name>
    <message>
        <source>All linear, rank 16</source>
        <translation>Alle linearen, Rang 16</translation>
    </message>
    <message>
        <source>Attention only</source>
        <translation>Nur Attention</translation>
    </message>
    <message>
        <source>q and v, as in the paper</source>
        <translation>q und v, wie im Aufsatz</translation>
    </message>
    <message>
        <source>MLP only</source>
        <translation>Nur MLP</translation>
    </message>
    <message>
        <source>Last quarter of the layers</source>
        <translation>Letztes Viertel der Schichten</translation>
    </message>
</context>
<context>
    <name>ProgressPage</name>
    <message>
        <source>Exporting</source>
        <translation>Export läuft</translation>
    </message>
    <message>
        <source>Written beside its place, reloaded, compared; it appears only when it is right.</source>
        <translation>Daneben geschrieben, neu geladen, verglichen; es erscheint erst, wenn es stimmt.</translation>
    </message>
    <message>
        <source>Export progress</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Nichts wurde geschrieben.</translation>
    </message>
</context>
<context>
    <name>QueueControl</name>
    <message>
        <source>its folder is damaged: {0}</source>
        <translation>sein Ordner ist beschädigt: {0}</translation>
    </message>
    <message>
        <source>the worker process ended without a word; see its worker.log</source>
        <translation>der Arbeitsprozess endete ohne ein Wort; siehe seine worker.log</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Add plan</source>
        <translation>Plan anstellen</translation>
    </message>
    <message>
        <source>Put the plan on screen at the end of the queue</source>
        <translation>Den gezeigten Plan ans Ende der Schlange stellen</translation>
    </message>
    <message>
        <source>Carry out what waits, one after the other</source>
        <translation>Ausführen, was wartet, eines nach dem anderen</translation>
    </message>
    <message>
        <source>Nothing is lined up. Set up a plan and press Add plan; then another, then Run queue.</source>
        <translation>Nichts ist angestellt. Einen Plan einrichten und Plan anstellen drücken; dann einen weiteren, dann Schlange starten.</translation>
    </message>
    <message>
        <source>steps {0}</source>
        <translation>{0} Schritte</translation>
    </message>
    <message>
        <source>epochs {0}</source>
        <translation>{0} Epochen</translation>
    </message>
    <message>
        <source>rank {0}</source>
        <translation>Rang {0}</translation>
    </message>
    <message>
        <source>learning rate {0}</source>
        <translation>Lernrate {0}</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Schlange</translation>
    </message>
    <message>
        <source>Rows can be dragged to another place, or moved by Alt+Up and Alt+Down</source>
        <translation>Zeilen lassen sich an eine andere Stelle ziehen, oder mit Alt+Oben und Alt+Unten verschieben</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>What it does, or why it failed</source>
        <translation>Was er tut, oder warum er scheiterte</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Carry it out earlier (Alt+Up); a row can be dragged, too</source>
        <translation>Früher ausführen (Alt+Oben); eine Zeile lässt sich auch ziehen</translation>
    </message>
    <message>
        <source>Carry it out later (Alt+Down); a row can be dragged, too</source>
        <translation>Später ausführen (Alt+Unten); eine Zeile lässt sich auch ziehen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Take the plan out of the queue, back into the form</source>
        <translation>Den Plan aus der Schlange zurück in das Formular nehmen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Let it wait again, for a new run</source>
        <translation>Wieder warten lassen, für einen neuen Lauf</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Take it out of the queue; a run that it left stays</source>
        <translation>Aus der Schlange nehmen; ein Lauf, den er hinterließ, bleibt</translation>
    </message>
    <message>
        <source>{0}: the selected plan of the queue</source>
        <translation>{0}: der gewählte Plan der Schlange</translation>
    </message>
    <message>
        <source>Clear ended</source>
        <translation>Beendete entfernen</translation>
    </message>
    <message>
        <source>Take out everything that has ended</source>
        <translation>Alles herausnehmen, was beendet ist</translation>
    </message>
    <message>
        <source>Hold queue</source>
        <translation>Schlange anhalten</translation>
    </message>
    <message>
        <source>Run queue</source>
        <translation>Schlange starten</translation>
    </message>
    <message>
        <source>{0} waiting</source>
        <translation>{0} warten</translation>
    </message>
    <message>
        <source>{0} ended</source>
        <translation>{0} beendet</translation>
    </message>
    <message>
        <source>{0} of them failed</source>
        <translation>{0} davon gescheitert</translation>
    </message>
    <message>
        <source>Another window carries out this queue.</source>
        <translation>Ein anderes Fenster führt diese Schlange aus.</translation>
    </message>
    <message>
        <source>held: nothing new begins</source>
        <translation>angehalten: nichts Neues beginnt</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
</context>
<context>
    <name>RanksDialog</name>
    <message>
        <source>Distribute ranks</source>
        <translation>Ränge verteilen</translation>
    </message>
    <message>
        <source>How to distribute</source>
        <translation>Wie verteilt wird</translation>
    </message>
    <message>
        <source>Earlier run</source>
        <translation>Früherer Lauf</translation>
    </message>
    <message>
        <source>Budget in parameters</source>
        <translation>Budget in Parametern</translation>
    </message>
    <message>
        <source>Ranks before and after</source>
        <translation>Ränge vorher und nachher</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Rank now</source>
        <translation>Rang jetzt</translation>
    </message>
    <message>
        <source>Rank then</source>
        <translation>Rang dann</translation>
    </message>
    <message>
        <source>Distribute</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Measure on my data</source>
        <translation>An meinen Daten messen</translation>
    </message>
    <message>
        <source>Read the earlier run</source>
        <translation>Den früheren Lauf lesen</translation>
    </message>
    <message>
        <source>There is no earlier run of this model with an adapter.</source>
        <translation>Es gibt keinen früheren Lauf dieses Modells mit einem Adapter.</translation>
    </message>
    <message>
        <source>{0} of {1} parameters</source>
        <translation>{0} von {1} Parametern</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Wird gemessen</translation>
    </message>
</context>
<context>
    <name>ReadingCard</name>
    <message>
        <source>How a row is read</source>
        <translation>Wie eine Zeile gelesen wird</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Write the guess into the plan, so that it stays whatever the file becomes</source>
        <translation>Die Vermutung in den Plan schreiben, damit sie bleibt, was auch aus der Datei wird</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>How turns are written: the tokenizer&apos;s own way, a known one, or your own</source>
        <translation>Wie Gesprächsbeiträge geschrieben werden: wie der Tokenizer es hält, auf bekannte Art oder auf eigene</translation>
    </message>
    <message>
        <source>No format was found. Choose one, and say which column is which part.</source>
        <translation>Kein Format wurde erkannt. Eines wählen und sagen, welche Spalte welche Rolle spielt.</translation>
    </message>
    <message>
        <source>Guessed from the columns: {0}. Is that right?</source>
        <translation>Aus den Spalten vermutet: {0}. Stimmt das?</translation>
    </message>
    <message>
        <source>Read as {0}.</source>
        <translation>Gelesen als {0}.</translation>
    </message>
    <message>
        <source>auto: the tokenizer&apos;s own</source>
        <translation>auto: die des Tokenizers</translation>
    </message>
    <message>
        <source>Your own…</source>
        <translation>Eigene …</translation>
    </message>
    <message>
        <source>column {0} as {1}</source>
        <translation>Spalte {0} als {1}</translation>
    </message>
    <message>
        <source>column {0} not used</source>
        <translation>Spalte {0} nicht benutzt</translation>
    </message>
    <message>
        <source>format {0}</source>
        <translation>Format {0}</translation>
    </message>
    <message>
        <source>{0} from {1}</source>
        <translation>{0} aus {1}</translation>
    </message>
</context>
<context>
    <name>ReceiptPage</name>
    <message>
        <source>Receipt</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>The export was read back from the disk and compared with what was trained.</source>
        <translation>Der Export wurde von der Festplatte zurückgelesen und mit dem Trainierten verglichen.</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>✓ Agrees</source>
        <translation>✓ Stimmt überein</translation>
    </message>
    <message>
        <source>✗ Does not agree</source>
        <translation>✗ Stimmt nicht überein</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Largest difference</source>
        <translation>Größter Unterschied</translation>
    </message>
    <message>
        <source>{0:.1e} of the largest logit</source>
        <translation>{0:.1e} des größten Logits</translation>
    </message>
    <message>
        <source>Same next token</source>
        <translation>Gleiches nächstes Token</translation>
    </message>
    <message>
        <source>{0:.1%} of {1:,} positions</source>
        <translation>{0:.1%} von {1:,} Stellen</translation>
    </message>
    <message>
        <source>Adapter moves the base by</source>
        <translation>Der Adapter bewegt das Grundmodell um</translation>
    </message>
    <message>
        <source>{0:.1%} of the largest logit</source>
        <translation>{0:.1%} des größten Logits</translation>
    </message>
    <message>
        <source>Lost to rounding</source>
        <translation>Durch Runden verloren</translation>
    </message>
    <message>
        <source>{0:.2%} of the change</source>
        <translation>{0:.2%} der Änderung</translation>
    </message>
</context>
<context>
    <name>ReplayWindow</name>
    <message>
        <source>Replay: {0}</source>
        <translation>Wiedergabe: {0}</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Nothing has been written yet. Press Export to begin.</source>
        <translation>Noch ist nichts geschrieben. Exportieren beginnt.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Free on this disk</source>
        <translation>Frei auf dieser Festplatte</translation>
    </message>
    <message>
        <source>What is lost</source>
        <translation>Was verloren geht</translation>
    </message>
    <message>
        <source>adapter in PEFT&apos;s layout</source>
        <translation>Adapter in der Anordnung von PEFT</translation>
    </message>
    <message>
        <source>adapter in PEFT&apos;s layout, with one rank and scale</source>
        <translation>Adapter in der Anordnung von PEFT, mit einem Rang und einer Stärke</translation>
    </message>
    <message>
        <source>merged model, {0}</source>
        <translation>verschmolzenes Modell, {0}</translation>
    </message>
    <message>
        <source>being looked up…</source>
        <translation>wird nachgesehen …</translation>
    </message>
    <message>
        <source>{0}: too little</source>
        <translation>{0}: zu wenig</translation>
    </message>
    <message>
        <source>Nothing: the adapter is written as it was trained.</source>
        <translation>Nichts: Der Adapter wird geschrieben, wie er trainiert wurde.</translation>
    </message>
    <message>
        <source>Nothing that can be measured: float32 holds the sum.</source>
        <translation>Nichts Messbares: float32 fasst die Summe.</translation>
    </message>
    <message>
        <source>Small changes are rounded to {0}. The receipt says how much; float32 keeps all.</source>
        <translation>Kleine Änderungen werden auf {0} gerundet. Der Beleg sagt, wie viel; float32 behält alles.</translation>
    </message>
</context>
<context>
    <name>RoleHeader</name>
    <message>
        <source>Part of column {0}</source>
        <translation>Rolle der Spalte {0}</translation>
    </message>
    <message>
        <source>(not used)</source>
        <translation>(nicht benutzt)</translation>
    </message>
    <message>
        <source>in {0}</source>
        <translation>in {0}</translation>
    </message>
    <message>
        <source>What {0} is in a row: {1}</source>
        <translation>Was {0} in einer Zeile ist: {1}</translation>
    </message>
</context>
<context>
    <name>RowView</name>
    <message>
        <source>A row as the model reads it</source>
        <translation>Eine Zeile, wie das Modell sie liest</translation>
    </message>
    <message>
        <source>special token</source>
        <translation>besonderes Token</translation>
    </message>
</context>
<context>
    <name>RowsTab</name>
    <message>
        <source>own template</source>
        <translation>eigene Vorlage</translation>
    </message>
    <message>
        <source>A row appears here as the model will read it.</source>
        <translation>Hier erscheint eine Zeile so, wie das Modell sie liest.</translation>
    </message>
    <message>
        <source>The first rows appear here once the data can be read.</source>
        <translation>Die ersten Zeilen erscheinen hier, sobald die Daten lesbar sind.</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>Erste Zeilen</translation>
    </message>
    <message>
        <source>As the model reads it</source>
        <translation>Wie das Modell sie liest</translation>
    </message>
    <message>
        <source>template {0}</source>
        <translation>Vorlage {0}</translation>
    </message>
</context>
<context>
    <name>RowsTable</name>
    <message>
        <source>First rows of the data</source>
        <translation>Erste Zeilen der Daten</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Ready to start</source>
        <translation>Bereit zum Start</translation>
    </message>
    <message>
        <source>Not ready to start</source>
        <translation>Nicht bereit zum Start</translation>
    </message>
    <message>
        <source>{0} rows are ready</source>
        <translation>{0} Zeilen sind bereit</translation>
    </message>
    <message>
        <source>training begins</source>
        <translation>das Training beginnt</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>going on</source>
        <translation>geht weiter</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped, can be resumed</source>
        <translation>beendet, lässt sich fortsetzen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>failed: {0}</source>
        <translation>gescheitert: {0}</translation>
    </message>
    <message>
        <source>{0} of {1} steps</source>
        <translation>{0} von {1} Schritten</translation>
    </message>
    <message>
        <source>in {0} on {1}</source>
        <translation>in {0} auf {1}</translation>
    </message>
    <message>
        <source>{0} frozen blocks are computed once, {1} kept</source>
        <translation>{0} eingefrorene Blöcke werden einmal berechnet, {1} aufbewahrt</translation>
    </message>
    <message>
        <source>blocks compiled: {0}</source>
        <translation>Blöcke kompiliert: {0}</translation>
    </message>
    <message>
        <source>blocks not compiled: {0}</source>
        <translation>Blöcke nicht kompiliert: {0}</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>noch {0}</translation>
    </message>
    <message>
        <source>{0} tokens/s</source>
        <translation>{0} Token/s</translation>
    </message>
    <message>
        <source>{0} of {1} {2}</source>
        <translation>{0} / {1} {2}</translation>
    </message>
</context>
<context>
    <name>RunWires</name>
    <message>
        <source>{0} is still running; this window is watching it again.</source>
        <translation>{0} läuft noch; dieses Fenster sieht ihm wieder zu.</translation>
    </message>
    <message>
        <source>A run is going on</source>
        <translation>Ein Lauf ist im Gang</translation>
    </message>
    <message>
        <source>{0} is still training.</source>
        <translation>{0} trainiert noch.</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Stop and save</source>
        <translation>Beenden und sichern</translation>
    </message>
    <message>
        <source>Stop the run?</source>
        <translation>Den Lauf beenden?</translation>
    </message>
    <message>
        <source>Stop and save keeps a checkpoint, so that the run can go on later.</source>
        <translation>Beenden und sichern behält einen Sicherungspunkt, damit der Lauf später weitergehen kann.</translation>
    </message>
    <message>
        <source>Stop without saving</source>
        <translation>Beenden, ohne zu sichern</translation>
    </message>
    <message>
        <source>Continue training</source>
        <translation>Weitertrainieren</translation>
    </message>
    <message>
        <source>plan of {0}</source>
        <translation>Plan von {0}</translation>
    </message>
    <message>
        <source>There is no adapter to export yet: train one first.</source>
        <translation>Noch gibt es keinen Adapter zum Exportieren: erst einen trainieren.</translation>
    </message>
    <message>
        <source>It can go on without the window; opening the studio again shows it, and goes on with the queue.</source>
        <translation>Er kann ohne das Fenster weitergehen; beim nächsten Öffnen ist er wieder zu sehen, und die Schlange geht weiter.</translation>
    </message>
    <message>
        <source>Start training (Ctrl+R)</source>
        <translation>Training starten (Strg+R)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>The model is being read</source>
        <translation>Das Modell wird gelesen</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>endet</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Eval loss</source>
        <translation>Auswertungsverlust</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>none</source>
        <translation>leer</translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message>
        <source>Queue, comparison and notes</source>
        <translation>Schlange, Vergleich und Notizen</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Übereinander</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Schlange</translation>
    </message>
    <message>
        <source>Select several runs (Ctrl or Shift and a click) to see what differs.</source>
        <translation>Mehrere Läufe wählen (Strg oder Umschalt und Klick), um zu sehen, was sie unterscheidet.</translation>
    </message>
</context>
<context>
    <name>RunsTable</name>
    <message>
        <source>Search names, states, tags, notes, dates</source>
        <translation>Namen, Zustände, Schlagwörter, Notizen, Daten suchen</translation>
    </message>
    <message>
        <source>Search runs by name, state, tag, note or date</source>
        <translation>Läufe nach Name, Zustand, Schlagwort, Notiz oder Datum suchen</translation>
    </message>
    <message>
        <source>Trash…</source>
        <translation>Papierkorb …</translation>
    </message>
    <message>
        <source>Deleted runs: put them back, or delete them for good</source>
        <translation>Gelöschte Läufe: zurücklegen oder endgültig löschen</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show this run&apos;s plots</source>
        <translation>Die Diagramme dieses Laufs zeigen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on from its last checkpoint</source>
        <translation>Ab dem letzten Sicherungspunkt weitermachen</translation>
    </message>
    <message>
        <source>Use plan</source>
        <translation>Plan benutzen</translation>
    </message>
    <message>
        <source>Begin a new run with its plan</source>
        <translation>Mit seinem Plan einen neuen Lauf beginnen</translation>
    </message>
    <message>
        <source>Line up</source>
        <translation>Anstellen</translation>
    </message>
    <message>
        <source>Put its plan at the end of the queue</source>
        <translation>Seinen Plan ans Ende der Schlange stellen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Export its adapter or a merged model</source>
        <translation>Seinen Adapter oder ein verschmolzenes Modell exportieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Move the run&apos;s folder to the trash</source>
        <translation>Den Ordner des Laufs in den Papierkorb legen</translation>
    </message>
    <message>
        <source>{0}: the selected run</source>
        <translation>{0}: der gewählte Lauf</translation>
    </message>
    <message>
        <source>No run matches. Clear the search to see all runs.</source>
        <translation>Kein Lauf passt. Die Suche leeren, um alle Läufe zu sehen.</translation>
    </message>
    <message>
        <source>Your runs will be listed here. Press Start to make the first one.</source>
        <translation>Hier werden die Läufe stehen. Start macht den ersten.</translation>
    </message>
</context>
<context>
    <name>RunsWires</name>
    <message>
        <source>Queue ({0} waiting)</source>
        <translation>Schlange ({0} warten)</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Schlange</translation>
    </message>
    <message>
        <source>There is no run {0}: it was refused, moved or deleted.</source>
        <translation>Es gibt keinen Lauf {0}: er wurde abgelehnt, bewegt oder gelöscht.</translation>
    </message>
    <message>
        <source>plan {0} of the queue</source>
        <translation>Plan {0} der Schlange</translation>
    </message>
    <message>
        <source>The note could not be kept: {0}</source>
        <translation>Die Notiz ließ sich nicht aufbewahren: {0}</translation>
    </message>
    <message>
        <source>{0} could not be moved to the trash: {1}</source>
        <translation>{0} ließ sich nicht in den Papierkorb legen: {1}</translation>
    </message>
    <message>
        <source>In the trash: {0}</source>
        <translation>Im Papierkorb: {0}</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Zurücklegen</translation>
    </message>
    <message>
        <source>{0} could not be put back: {1}</source>
        <translation>{0} ließ sich nicht zurücklegen: {1}</translation>
    </message>
</context>
<context>
    <name>SampleDialog</name>
    <message>
        <source>Sample</source>
        <translation>Probe</translation>
    </message>
    <message>
        <source>(no text)</source>
        <translation>(kein Text)</translation>
    </message>
</context>
<context>
    <name>SamplesModel</name>
    <message>
        <source>A double click shows the whole sample</source>
        <translation>Ein Doppelklick zeigt die ganze Antwort</translation>
    </message>
    <message>
        <source>Step {0}</source>
        <translation>Schritt {0}</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Eingabetext</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>Grundmodell</translation>
    </message>
    <message>
        <source>As expected</source>
        <translation>Wie erwartet</translation>
    </message>
    <message>
        <source>Not as expected</source>
        <translation>Nicht wie erwartet</translation>
    </message>
</context>
<context>
    <name>SamplesTable</name>
    <message>
        <source>Samples: prompts and answers by step</source>
        <translation>Proben: Eingabetexte und Antworten nach Schritten</translation>
    </message>
    <message>
        <source>Enter or a double click shows a sample whole</source>
        <translation>Eingabetaste oder Doppelklick zeigt eine Antwort ganz</translation>
    </message>
    <message>
        <source>Answers to sample prompts appear here while the run goes on. Press Sample now to see them at once.</source>
        <translation>Antworten auf die Probefragen erscheinen hier, während der Lauf vorangeht. Jetzt proben zeigt sie sofort.</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>Schritt {0}</translation>
    </message>
    <message>
        <source>   {0} of {1} as expected</source>
        <translation>   {0} von {1} wie erwartet</translation>
    </message>
</context>
<context>
    <name>SamplingSettings</name>
    <message>
        <source> tokens</source>
        <translation> Token</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Längste Antwort</translation>
    </message>
    <message>
        <source>The answer is cut here if it has not ended by itself</source>
        <translation>Hier wird die Antwort abgeschnitten, falls sie nicht von selbst endet</translation>
    </message>
    <message>
        <source>temperature </source>
        <translation>Temperatur </translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>0: always the likeliest word; higher: more varied</source>
        <translation>0: immer das wahrscheinlichste Wort; höher: abwechslungsreicher</translation>
    </message>
    <message>
        <source>all layers speak</source>
        <translation>alle Schichten sprechen</translation>
    </message>
    <message>
        <source>attention alone speaks</source>
        <translation>nur Attention spricht</translation>
    </message>
    <message>
        <source>MLP alone speaks</source>
        <translation>nur das MLP spricht</translation>
    </message>
    <message>
        <source>chosen groups speak</source>
        <translation>gewählte Gruppen sprechen</translation>
    </message>
    <message>
        <source>Layers that speak</source>
        <translation>Schichten, die sprechen</translation>
    </message>
    <message>
        <source>Mute a part of the adapters, to hear what the other does</source>
        <translation>Einen Teil der Adapter stumm schalten, um zu hören, was der andere tut</translation>
    </message>
    <message>
        <source>top-p </source>
        <translation>Top-p </translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Draw from the fewest words whose chances reach this; 1: from all</source>
        <translation>Aus den wenigsten Wörtern ziehen, deren Wahrscheinlichkeiten dies erreichen; 1: aus allen</translation>
    </message>
    <message>
        <source>top-k </source>
        <translation>Top-k </translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Draw from so many of the likeliest words; 0: from all</source>
        <translation>Aus so vielen der wahrscheinlichsten Wörter ziehen; 0: aus allen</translation>
    </message>
    <message>
        <source>repetition </source>
        <translation>Wiederholung </translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Wiederholungsstrafe</translation>
    </message>
    <message>
        <source>Above 1, words that were said become less likely</source>
        <translation>Über 1 werden gesagte Wörter unwahrscheinlicher</translation>
    </message>
    <message>
        <source>seed </source>
        <translation>Startwert </translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed draws the same words again</source>
        <translation>Derselbe Startwert zieht dieselben Wörter noch einmal</translation>
    </message>
    <message>
        <source>stop at this text</source>
        <translation>an diesem Text enden</translation>
    </message>
    <message>
        <source>Stop text</source>
        <translation>Endetext</translation>
    </message>
    <message>
        <source>The answer ends where this text would begin</source>
        <translation>Die Antwort endet, wo dieser Text beginnen würde</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Top-p, top-k, repetition penalty, seed and stop text</source>
        <translation>Top-p, Top-k, Wiederholungsstrafe, Startwert und Endetext</translation>
    </message>
</context>
<context>
    <name>ScanStrip</name>
    <message>
        <source>Rows read</source>
        <translation>Gelesene Zeilen</translation>
    </message>
    <message>
        <source>Reading all rows</source>
        <translation>Alle Zeilen werden gelesen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Not all rows are read.</source>
        <translation>Nicht alle Zeilen sind gelesen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Read all rows</source>
        <translation>Alle Zeilen lesen</translation>
    </message>
    <message>
        <source>Cancel reading all rows</source>
        <translation>Lesen aller Zeilen abbrechen</translation>
    </message>
</context>
<context>
    <name>SettingSearch</name>
    <message>
        <source>Find a setting, such as cutoff length</source>
        <translation>Einstellung finden, etwa cutoff length</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Einstellung finden</translation>
    </message>
    <message>
        <source>By its name here or in another program: network dim, lora_r, grad accum (Ctrl+F)</source>
        <translation>Nach dem Namen hier oder in einem anderen Programm: network dim, lora_r, grad accum (Strg+F)</translation>
    </message>
</context>
<context>
    <name>SettingsPanel</name>
    <message>
        <source>Adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Evaluation and saving</source>
        <translation>Auswerten und Sichern</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset: {0}</source>
        <translation>Zurücksetzen: {0}</translation>
    </message>
    <message>
        <source>Put these settings back to their defaults; undo brings yours back</source>
        <translation>Diese Einstellungen auf ihre Vorgaben setzen; Rückgängig bringt Ihre zurück</translation>
    </message>
    <message>
        <source>Show advanced settings</source>
        <translation>Erweiterte Einstellungen zeigen</translation>
    </message>
    <message>
        <source>{0} changed</source>
        <translation>{0} geändert</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Kürzel</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Next control, previous control</source>
        <translation>Nächstes Bedienelement, voriges Bedienelement</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Umschalt+Tab</translation>
    </message>
    <message>
        <source>Press the button, tick the box</source>
        <translation>Knopf drücken, Häkchen setzen</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Close a dialog or a menu</source>
        <translation>Dialog oder Menü schließen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>SpeedPlot</name>
    <message>
        <source>{0} tokens/s</source>
        <translation>{0} Token/s</translation>
    </message>
</context>
<context>
    <name>StepPlot</name>
    <message>
        <source>Hold all plots still (Space)</source>
        <translation>Alle Diagramme anhalten (Leertaste)</translation>
    </message>
</context>
<context>
    <name>TemplateEditor</name>
    <message>
        <source>Template, as Jinja</source>
        <translation>Vorlage als Jinja</translation>
    </message>
    <message>
        <source>Use this template</source>
        <translation>Diese Vorlage benutzen</translation>
    </message>
    <message>
        <source>This is the plan&apos;s template.</source>
        <translation>Das ist die Vorlage des Plans.</translation>
    </message>
    <message>
        <source>A draft; the row below is written with it.</source>
        <translation>Ein Entwurf; die Zeile unten ist damit geschrieben.</translation>
    </message>
    <message>
        <source>A draft; the row below is not written with it.</source>
        <translation>Ein Entwurf; die Zeile unten ist nicht damit geschrieben.</translation>
    </message>
</context>
<context>
    <name>TokenFlow</name>
    <message>
        <source>Document {0}</source>
        <translation>Dokument {0}</translation>
    </message>
    <message>
        <source>Cut here, after {0:,} tokens: what follows is not learnt</source>
        <translation>Hier abgeschnitten, nach {0:,} Token: was folgt, wird nicht gelernt</translation>
    </message>
</context>
<context>
    <name>TokenLegend</name>
    <message>
        <source>learnt</source>
        <translation>gelernt</translation>
    </message>
    <message>
        <source>read, not learnt</source>
        <translation>gelesen, nicht gelernt</translation>
    </message>
    <message>
        <source>cut away</source>
        <translation>abgeschnitten</translation>
    </message>
    <message>
        <source>special token</source>
        <translation>besonderes Token</translation>
    </message>
    <message>
        <source>space</source>
        <translation>Leerzeichen</translation>
    </message>
    <message>
        <source>line break</source>
        <translation>Zeilenumbruch</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Underlined and heavy: learnt. Plain: read, not learnt. Struck out: cut away. In a box: special token.</source>
        <translation>Unterstrichen und fett: gelernt. Einfach: gelesen, nicht gelernt. Durchgestrichen: abgeschnitten. Im Kasten: besonderes Token.</translation>
    </message>
</context>
<context>
    <name>TokenLens</name>
    <message>
        <source>Tokens of the row</source>
        <translation>Token der Zeile</translation>
    </message>
</context>
<context>
    <name>Totals</name>
    <message>
        <source>{0} trainable</source>
        <translation>{0} trainierbar</translation>
    </message>
    <message>
        <source>{0:,} parameters</source>
        <translation>{0:,} Parameter</translation>
    </message>
    <message>
        <source>share of all parameters, and the size of the adapter&apos;s file in float32</source>
        <translation>Anteil an allen Parametern, und die Größe der Adapterdatei in float32</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Schritt {0} von {1}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>TrashDialog</name>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Deleted runs</source>
        <translation>Gelöschte Läufe</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Zurücklegen</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>Endgültig löschen …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Deleted runs stay here, and take disk space, until they are deleted for good.</source>
        <translation>Gelöschte Läufe bleiben hier und brauchen Platz, bis sie endgültig gelöscht werden.</translation>
    </message>
    <message>
        <source>The trash is empty. Runs that you delete come here first.</source>
        <translation>Der Papierkorb ist leer. Gelöschte Läufe kommen zuerst hierher.</translation>
    </message>
    <message>
        <source>Delete {0} for good? This cannot be undone.</source>
        <translation>{0} endgültig löschen? Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>{0} could not be moved: {1}</source>
        <translation>{0} ließ sich nicht bewegen: {1}</translation>
    </message>
</context>
<context>
    <name>TreeDelegate</name>
    <message>
        <source>mixed</source>
        <translation>gem.</translation>
    </message>
</context>
<context>
    <name>TreeMenu</name>
    <message>
        <source>Layers shown</source>
        <translation>Gezeigte Schichten</translation>
    </message>
    <message>
        <source>Open or close the layers, show one kind only, choose columns</source>
        <translation>Schichten auf- oder zuklappen, nur eine Art zeigen, Spalten wählen</translation>
    </message>
    <message>
        <source>Close all</source>
        <translation>Alles zuklappen</translation>
    </message>
    <message>
        <source>Open down to the layers</source>
        <translation>Bis zu den Schichten aufklappen</translation>
    </message>
    <message>
        <source>Open down to the parts of layers</source>
        <translation>Bis zu den Teilen der Schichten aufklappen</translation>
    </message>
    <message>
        <source>Open all</source>
        <translation>Alles aufklappen</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>Nur zeigen</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Every kind</source>
        <translation>Jede Art</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0} ({1})</translation>
    </message>
</context>
<context>
    <name>TreeModel</name>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Params</source>
        <translation>Param.</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Adapter size</source>
        <translation>Adaptergröße</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>none</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>gem.</translation>
    </message>
    <message>
        <source>cannot be adapted: {0}</source>
        <translation>lässt sich nicht anpassen: {0}</translation>
    </message>
    <message>
        <source>nothing in it can</source>
        <translation>nichts darin lässt sich anpassen</translation>
    </message>
    <message>
        <source>{0} of {1} targets</source>
        <translation>{0} von {1} Zielen</translation>
    </message>
    <message>
        <source>rank {0}, alpha {1}</source>
        <translation>Rang {0}, Alpha {1}</translation>
    </message>
    <message>
        <source>{0}, dropout {1}</source>
        <translation>{0}, Dropout {1}</translation>
    </message>
    <message>
        <source>{0:,} trainable parameters, {1}</source>
        <translation>{0:,} trainierbare Parameter, {1}</translation>
    </message>
    <message>
        <source>{0} while training, with gradients and optimizer</source>
        <translation>{0} beim Training, mit Gradienten und Optimierer</translation>
    </message>
</context>
<context>
    <name>ViewMenu</name>
    <message>
        <source>Follow the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>The system&apos;s language</source>
        <translation>Sprache des Systems</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>Anordnung zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Wakefulness</name>
    <message>
        <source>A model is being trained</source>
        <translation>Ein Modell wird trainiert</translation>
    </message>
</context>
<context>
    <name>WhatPage</name>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Choose what to hand over.</source>
        <translation>Wählen, was weitergegeben wird.</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>Adapter</translation>
    </message>
    <message>
        <source>Adapter for any reader</source>
        <translation>Adapter für jeden Leser</translation>
    </message>
    <message>
        <source>Merged model</source>
        <translation>Verschmolzenes Modell</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>as the base has them</source>
        <translation>wie im Grundmodell</translation>
    </message>
    <message>
        <source>A few megabytes. Works with PEFT and the studio, on the same base model.</source>
        <translation>Einige Megabyte. Geht mit PEFT und dem Studio, auf demselben Grundmodell.</translation>
    </message>
    <message>
        <source>One rank and one scale for all targets, as vLLM and llama.cpp want it. Somewhat larger.</source>
        <translation>Ein Rang und eine Stärke für alle Ziele, wie vLLM und llama.cpp es wollen. Etwas größer.</translation>
    </message>
    <message>
        <source>One whole model. Works with whatever reads the base model, and needs its space.</source>
        <translation>Ein ganzes Modell. Geht mit allem, was das Grundmodell liest, und braucht dessen Platz.</translation>
    </message>
</context>
<context>
    <name>WherePage</name>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>A new folder is made here; nothing is overwritten.</source>
        <translation>Hier entsteht ein neuer Ordner; nichts wird überschrieben.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Folder to export into</source>
        <translation>Ordner für den Export</translation>
    </message>
    <message>
        <source>Give a full path.</source>
        <translation>Einen vollständigen Pfad angeben.</translation>
    </message>
    <message>
        <source>This is a file: name a folder.</source>
        <translation>Das ist eine Datei: einen Ordner nennen.</translation>
    </message>
    <message>
        <source>This folder is not empty: name a new one.</source>
        <translation>Dieser Ordner ist nicht leer: einen neuen nennen.</translation>
    </message>
    <message>
        <source>{0} cannot be written: choose another folder.</source>
        <translation>In {0} lässt sich nicht schreiben: einen anderen Ordner wählen.</translation>
    </message>
</context>
<context>
    <name>_GroupBox</name>
    <message>
        <source>{0} speaks</source>
        <translation>{0} spricht</translation>
    </message>
    <message>
        <source>A click mutes it; Shift and a click, or S, lets it speak alone</source>
        <translation>Ein Klick schaltet sie stumm; Umschalt und ein Klick, oder S, lässt sie allein sprechen</translation>
    </message>
    <message>
        <source>Solo</source>
        <translation>Allein</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>--set {1} is not KEY=VALUE</source>
        <translation>--set {1} ist nicht KEY=VALUE</translation>
    </message>
    <message>
        <source>All of: {1}</source>
        <translation>Alles davon: {1}</translation>
    </message>
    <message>
        <source>Arrow routing</source>
        <translation>Arrow-Routing</translation>
    </message>
    <message>
        <source>Base in 4 bits</source>
        <translation>Grundmodell in 4 Bit</translation>
    </message>
    <message>
        <source>Base in 8 bits</source>
        <translation>Grundmodell in 8 Bit</translation>
    </message>
    <message>
        <source>Batch {1}, accumulation {2}</source>
        <translation>Stapel {1}, Sammeln {2}</translation>
    </message>
    <message>
        <source>By an earlier run</source>
        <translation>Nach einem früheren Lauf</translation>
    </message>
    <message>
        <source>By gradient</source>
        <translation>Nach Gradient</translation>
    </message>
    <message>
        <source>By size</source>
        <translation>Nach Größe</translation>
    </message>
    <message>
        <source>Checkpointing offloaded</source>
        <translation>Neu rechnen, ausgelagert</translation>
    </message>
    <message>
        <source>Checkpointing on</source>
        <translation>Neu rechnen</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>Gerät oder Mittel belegt</translation>
    </message>
    <message>
        <source>Expecting &apos;,&apos; delimiter</source>
        <translation>hier fehlt ein Komma</translation>
    </message>
    <message>
        <source>Expecting &apos;:&apos; delimiter</source>
        <translation>hier fehlt ein Doppelpunkt</translation>
    </message>
    <message>
        <source>Expecting property name enclosed in double quotes</source>
        <translation>hier fehlt ein Name in doppelten Anführungszeichen</translation>
    </message>
    <message>
        <source>Expecting value</source>
        <translation>hier fehlt ein Wert</translation>
    </message>
    <message>
        <source>Extra data</source>
        <translation>überzählige Daten</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>Dateiname zu lang</translation>
    </message>
    <message>
        <source>Illegal trailing comma before end of array</source>
        <translation>überzähliges Komma vor dem Ende der Liste</translation>
    </message>
    <message>
        <source>Illegal trailing comma before end of object</source>
        <translation>überzähliges Komma vor dem Ende des Objekts</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>Invalid \escape</source>
        <translation>ungültige Zeichenfolge nach einem Backslash</translation>
    </message>
    <message>
        <source>Invalid \uXXXX escape</source>
        <translation>ungültige \uXXXX-Folge</translation>
    </message>
    <message>
        <source>Invalid control character at</source>
        <translation>unzulässiges Steuerzeichen</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Das ist ein Ordner</translation>
    </message>
    <message>
        <source>Length {1} tokens</source>
        <translation>Länge {1} Token</translation>
    </message>
    <message>
        <source>Measured on a small model: ahead of uniform in three of three trials, by about 1 % of the evaluation loss</source>
        <translation>An einem kleinen Modell gemessen: in drei von drei Versuchen vor der gleichmäßigen Verteilung, um etwa 1 % des Auswertungsverlusts</translation>
    </message>
    <message>
        <source>Measured on a small model: behind uniform in three of three trials, by about 2 % of the evaluation loss</source>
        <translation>An einem kleinen Modell gemessen: in drei von drei Versuchen hinter der gleichmäßigen Verteilung, um etwa 2 % des Auswertungsverlusts</translation>
    </message>
    <message>
        <source>Measured on a small model: no better than uniform</source>
        <translation>An einem kleinen Modell gemessen: nicht besser als gleichmäßig</translation>
    </message>
    <message>
        <source>Memory: {1}</source>
        <translation>Speicher: {1}</translation>
    </message>
    <message>
        <source>Monte Carlo LoRA</source>
        <translation>Monte-Carlo-LoRA</translation>
    </message>
    <message>
        <source>More rank where an earlier run used all it had, less where it did not; what lies beyond its rank is a guess</source>
        <translation>Mehr Rang, wo ein früherer Lauf alles nutzte, was er hatte, weniger, wo nicht; was über seinen Rang hinausgeht, ist geraten</translation>
    </message>
    <message>
        <source>More rank where your data pull hardest on the weights before training; later steps may pull elsewhere</source>
        <translation>Mehr Rang, wo die Daten vor dem Training am stärksten an den Gewichten ziehen; spätere Schritte ziehen vielleicht anderswo</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Kein Platz mehr auf dem Gerät</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Keine solche Datei, kein solcher Ordner</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Das ist kein Ordner</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>Vorgang nicht erlaubt</translation>
    </message>
    <message>
        <source>PDF documents</source>
        <translation>PDF-Dokumente</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Keine Berechtigung</translation>
    </message>
    <message>
        <source>Precision bfloat16</source>
        <translation>Genauigkeit bfloat16</translation>
    </message>
    <message>
        <source>Rank grows with √(out × in), so wide modules get more: a convention that knows nothing of your data</source>
        <translation>Der Rang wächst mit √(out × in), breite Module bekommen also mehr: ein Brauch, der von den Daten nichts weiß</translation>
    </message>
    <message>
        <source>Rank {1}</source>
        <translation>Rang {1}</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Nur lesbares Dateisystem</translation>
    </message>
    <message>
        <source>The same rank everywhere: the usual choice, and the one to beat</source>
        <translation>Überall derselbe Rang: die übliche Wahl, an der sich die anderen messen</translation>
    </message>
    <message>
        <source>There is no tokenizer beside the model: put its tokenizer.json into this folder</source>
        <translation>Beim Modell liegt kein Tokenizer: seine tokenizer.json in diesen Ordner legen</translation>
    </message>
    <message>
        <source>Uniform</source>
        <translation>Gleichmäßig</translation>
    </message>
    <message>
        <source>Unterminated string starting at</source>
        <translation>nicht geschlossene Zeichenkette</translation>
    </message>
    <message>
        <source>Upper half of the layers only</source>
        <translation>Nur die obere Hälfte der Schichten</translation>
    </message>
    <message>
        <source>WebDataset archives</source>
        <translation>WebDataset-Archive</translation>
    </message>
    <message>
        <source>`lora-studio runs` lists those there are</source>
        <translation>`lora-studio runs` nennt die vorhandenen</translation>
    </message>
    <message>
        <source>a 7z archive</source>
        <translation>ein 7z-Archiv</translation>
    </message>
    <message>
        <source>a JSON file of {1} would have to be read at once</source>
        <translation>eine JSON-Datei von {1} müsste auf einmal gelesen werden</translation>
    </message>
    <message>
        <source>a base changed by the start {1}</source>
        <translation>ein Grundmodell, das durch die Startwerte {1} verändert ist</translation>
    </message>
    <message>
        <source>a bias on B</source>
        <translation>ein Bias an B</translation>
    </message>
    <message>
        <source>a boolean</source>
        <translation>ein Wahrheitswert</translation>
    </message>
    <message>
        <source>a brace is not closed or opened in {1}</source>
        <translation>in {1} ist eine geschweifte Klammer nicht geschlossen oder nicht geöffnet</translation>
    </message>
    <message>
        <source>a bzip2 archive</source>
        <translation>ein bzip2-Archiv</translation>
    </message>
    <message>
        <source>a call cannot be read as JSON: {1}</source>
        <translation>ein Aufruf lässt sich nicht als JSON lesen: {1}</translation>
    </message>
    <message>
        <source>a cell of the row cannot be read: {1}</source>
        <translation>eine Zelle der Zeile lässt sich nicht lesen: {1}</translation>
    </message>
    <message>
        <source>a finite number</source>
        <translation>eine endliche Zahl</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation>ein gzip-Archiv</translation>
    </message>
    <message>
        <source>a line has more than {1} million characters</source>
        <translation>eine Zeile hat mehr als {1} Millionen Zeichen</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a little more time; nearly the same result</source>
        <translation>etwas mehr Zeit; fast dasselbe Ergebnis</translation>
    </message>
    <message>
        <source>a mapping of keys to values</source>
        <translation>eine Zuordnung von Schlüsseln zu Werten</translation>
    </message>
    <message>
        <source>a mixed batch cannot go through {1} packed or unbatched</source>
        <translation>ein gemischter Stapel geht nicht gepackt oder ungestapelt durch {1}</translation>
    </message>
    <message>
        <source>a model as narrow as this one is no faster in bfloat16</source>
        <translation>ein so schmales Modell ist in bfloat16 nicht schneller</translation>
    </message>
    <message>
        <source>a model of type {1} does not write text from left to right</source>
        <translation>ein Modell der Art {1} schreibt Text nicht von links nach rechts</translation>
    </message>
    <message>
        <source>a name occurs twice</source>
        <translation>ein Name kommt zweimal vor</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a paged optimizer moves its state from a GPU&apos;s memory to the machine&apos;s, and the plan runs on {1}</source>
        <translation>ein Optimierer mit „paged“ lagert seinen Zustand aus dem Speicher einer GPU in den des Rechners aus, und der Plan läuft auf {1}</translation>
    </message>
    <message>
        <source>a rar archive</source>
        <translation>ein rar-Archiv</translation>
    </message>
    <message>
        <source>a run of {1} is too short to pay for it</source>
        <translation>ein Lauf von {1} ist zu kurz, als dass es sich lohnte</translation>
    </message>
    <message>
        <source>a score of {1} is no finite number from 0 upwards</source>
        <translation>ein Wert für {1} ist keine endliche Zahl ab 0</translation>
    </message>
    <message>
        <source>a smaller rank can learn as much there</source>
        <translation>ein kleinerer Rang kann dort ebenso viel lernen</translation>
    </message>
    <message>
        <source>a string</source>
        <translation>eine Zeichenkette</translation>
    </message>
    <message>
        <source>a text of at most {1} characters</source>
        <translation>ein Text von höchstens {1} Zeichen</translation>
    </message>
    <message>
        <source>a text that is not empty</source>
        <translation>ein Text, der nicht leer ist</translation>
    </message>
    <message>
        <source>a text that matches {1}</source>
        <translation>ein Text nach dem Muster {1}</translation>
    </message>
    <message>
        <source>a third more time, and some for the way to main memory and back; the same result</source>
        <translation>ein Drittel mehr Zeit und etwas für den Weg in den Hauptspeicher und zurück; dasselbe Ergebnis</translation>
    </message>
    <message>
        <source>a third more time; the same result</source>
        <translation>ein Drittel mehr Zeit; dasselbe Ergebnis</translation>
    </message>
    <message>
        <source>a tool call has no name</source>
        <translation>ein Werkzeugaufruf hat keinen Namen</translation>
    </message>
    <message>
        <source>a turn has the role {1}</source>
        <translation>ein Gesprächsbeitrag hat die Rolle {1}</translation>
    </message>
    <message>
        <source>a turn is not an object</source>
        <translation>ein Gesprächsbeitrag ist kein Objekt</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a zip archive</source>
        <translation>ein zip-Archiv</translation>
    </message>
    <message>
        <source>a zstd archive</source>
        <translation>ein zstd-Archiv</translation>
    </message>
    <message>
        <source>about {1} s</source>
        <translation>etwa {1} s</translation>
    </message>
    <message>
        <source>activated LoRA</source>
        <translation>aktiviertes LoRA</translation>
    </message>
    <message>
        <source>add it to target_modules</source>
        <translation>es zu target_modules hinzufügen</translation>
    </message>
    <message>
        <source>add the answer to be learnt</source>
        <translation>die Antwort hinzufügen, die zu lernen ist</translation>
    </message>
    <message>
        <source>add them to target_parameters</source>
        <translation>sie zu target_parameters hinzufügen</translation>
    </message>
    <message>
        <source>add {1}</source>
        <translation>{1} hinzufügen</translation>
    </message>
    <message>
        <source>all rows can be learnt from</source>
        <translation>aus allen Zeilen lässt sich lernen</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>an assistant turn is empty</source>
        <translation>ein Beitrag des Assistenten ist leer</translation>
    </message>
    <message>
        <source>an event with missing fields: {1}</source>
        <translation>ein Ereignis mit fehlenden Feldern: {1}</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>an object of columns ({1})</source>
        <translation>ein Objekt aus Spalten ({1})</translation>
    </message>
    <message>
        <source>an xz archive</source>
        <translation>ein xz-Archiv</translation>
    </message>
    <message>
        <source>another process is carrying this run</source>
        <translation>ein anderer Prozess führt diesen Lauf gerade aus</translation>
    </message>
    <message>
        <source>as carried out: {1}</source>
        <translation>wie ausgeführt: {1}</translation>
    </message>
    <message>
        <source>as the plan says</source>
        <translation>wie es im Plan steht</translation>
    </message>
    <message>
        <source>as the run was begun</source>
        <translation>wie der Lauf begonnen wurde</translation>
    </message>
    <message>
        <source>ask each question by itself</source>
        <translation>jede Frage für sich stellen</translation>
    </message>
    <message>
        <source>ask for access on its page, then log in with `hf auth login`</source>
        <translation>auf seiner Seite um Zugang bitten, dann mit `hf auth login` anmelden</translation>
    </message>
    <message>
        <source>asking the Hub</source>
        <translation>der Hub wird gefragt</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>block-diagonal LoRA</source>
        <translation>blockdiagonales LoRA</translation>
    </message>
    <message>
        <source>break it into rows</source>
        <translation>sie in mehrere Zeilen teilen</translation>
    </message>
    <message>
        <source>by an earlier run</source>
        <translation>nach einem früheren Lauf</translation>
    </message>
    <message>
        <source>by gradient</source>
        <translation>nach Gradient</translation>
    </message>
    <message>
        <source>by size</source>
        <translation>nach Größe</translation>
    </message>
    <message>
        <source>byte {1} is not UTF-8</source>
        <translation>Byte {1} ist kein UTF-8</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>check it</source>
        <translation>sie prüfen</translation>
    </message>
    <message>
        <source>check the name</source>
        <translation>den Namen prüfen</translation>
    </message>
    <message>
        <source>check the name&apos;s spelling</source>
        <translation>die Schreibweise des Namens prüfen</translation>
    </message>
    <message>
        <source>check the name; for a private data set log in with `hf auth login`</source>
        <translation>den Namen prüfen; für einen privaten Datensatz mit `hf auth login` anmelden</translation>
    </message>
    <message>
        <source>check the name; for a private model log in with `hf auth login`</source>
        <translation>den Namen prüfen; für ein privates Modell mit `hf auth login` anmelden</translation>
    </message>
    <message>
        <source>check the network and try again</source>
        <translation>das Netz prüfen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>check the network and try again; files that are complete are kept</source>
        <translation>das Netz prüfen und noch einmal versuchen; vollständige Dateien bleiben erhalten</translation>
    </message>
    <message>
        <source>check the path</source>
        <translation>den Pfad prüfen</translation>
    </message>
    <message>
        <source>check the path and its permissions</source>
        <translation>den Pfad und seine Rechte prüfen</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>checking the model</source>
        <translation>Modell wird geprüft</translation>
    </message>
    <message>
        <source>choose 1 to {1}</source>
        <translation>1 bis {1} wählen</translation>
    </message>
    <message>
        <source>choose a LoRA adapter</source>
        <translation>einen LoRA-Adapter wählen</translation>
    </message>
    <message>
        <source>choose a PEFT adapter</source>
        <translation>einen PEFT-Adapter wählen</translation>
    </message>
    <message>
        <source>choose a causal language model</source>
        <translation>ein kausales Sprachmodell wählen</translation>
    </message>
    <message>
        <source>choose a copy of the model with safetensors weights</source>
        <translation>eine Fassung des Modells mit safetensors-Gewichten wählen</translation>
    </message>
    <message>
        <source>choose a copy of the model without code of its own</source>
        <translation>eine Fassung des Modells ohne eigenen Code wählen</translation>
    </message>
    <message>
        <source>choose a copy of the model without code of its own; if transformers knows the architecture, removing that key is enough</source>
        <translation>eine Fassung des Modells ohne eigenen Code wählen; wenn transformers die Architektur kennt, genügt es, diesen Schlüssel zu entfernen</translation>
    </message>
    <message>
        <source>choose a data set of Parquet, CSV, JSON, Arrow or text files</source>
        <translation>einen Datensatz aus Parquet-, CSV-, JSON-, Arrow- oder Textdateien wählen</translation>
    </message>
    <message>
        <source>choose a data set that holds its own files</source>
        <translation>einen Datensatz wählen, der seine Dateien selbst enthält</translation>
    </message>
    <message>
        <source>choose a file in it</source>
        <translation>eine Datei darin wählen</translation>
    </message>
    <message>
        <source>choose a file with at least one row</source>
        <translation>eine Datei mit mindestens einer Zeile wählen</translation>
    </message>
    <message>
        <source>choose a folder that holds adapter_config.json and adapter_model.safetensors</source>
        <translation>einen Ordner wählen, in dem adapter_config.json und adapter_model.safetensors liegen</translation>
    </message>
    <message>
        <source>choose a folder with a config.json in it</source>
        <translation>einen Ordner wählen, in dem eine config.json liegt</translation>
    </message>
    <message>
        <source>choose a model in transformers&apos; layout with safetensors weights</source>
        <translation>ein Modell in der Anordnung von transformers mit safetensors-Gewichten wählen</translation>
    </message>
    <message>
        <source>choose a model whose tokenizer_config.json names an eos_token</source>
        <translation>ein Modell wählen, dessen tokenizer_config.json ein eos_token nennt</translation>
    </message>
    <message>
        <source>choose a model with a tokenizer.json</source>
        <translation>ein Modell mit einer tokenizer.json wählen</translation>
    </message>
    <message>
        <source>choose a multiple of {1}</source>
        <translation>ein Vielfaches von {1} wählen</translation>
    </message>
    <message>
        <source>choose a rank of at most {1}, or another start</source>
        <translation>einen Rang von höchstens {1} oder andere Startwerte wählen</translation>
    </message>
    <message>
        <source>choose a text file of rows</source>
        <translation>eine Textdatei mit Zeilen wählen</translation>
    </message>
    <message>
        <source>choose adamw</source>
        <translation>adamw wählen</translation>
    </message>
    <message>
        <source>choose adamw, or leave lora.final_rank empty</source>
        <translation>adamw wählen oder lora.final_rank leer lassen</translation>
    </message>
    <message>
        <source>choose adamw-8bit</source>
        <translation>adamw-8bit wählen</translation>
    </message>
    <message>
        <source>choose an adapter, or none, for every row</source>
        <translation>für jede Zeile einen Adapter oder keinen wählen</translation>
    </message>
    <message>
        <source>choose an existing model folder, or give a Hub id such as owner/name</source>
        <translation>einen vorhandenen Modellordner wählen oder einen Hub-Namen wie besitzer/name angeben</translation>
    </message>
    <message>
        <source>choose another data set</source>
        <translation>einen anderen Datensatz wählen</translation>
    </message>
    <message>
        <source>choose another data set, or another config of it</source>
        <translation>einen anderen Datensatz oder einen anderen Teil davon wählen</translation>
    </message>
    <message>
        <source>choose another folder</source>
        <translation>einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>choose another folder or free some space</source>
        <translation>einen anderen Ordner wählen oder Platz schaffen</translation>
    </message>
    <message>
        <source>choose another format, or map it in data.columns</source>
        <translation>ein anderes Format wählen oder die Spalten in data.columns zuordnen</translation>
    </message>
    <message>
        <source>choose another model</source>
        <translation>ein anderes Modell wählen</translation>
    </message>
    <message>
        <source>choose another model, or update transformers</source>
        <translation>ein anderes Modell wählen oder transformers erneuern</translation>
    </message>
    <message>
        <source>choose another template, or mend its loops</source>
        <translation>eine andere Vorlage wählen oder ihre Schleifen berichtigen</translation>
    </message>
    <message>
        <source>choose at least one</source>
        <translation>mindestens einen wählen</translation>
    </message>
    <message>
        <source>choose auto or cpu</source>
        <translation>auto oder cpu wählen</translation>
    </message>
    <message>
        <source>choose from {1} to {2}</source>
        <translation>zwischen {1} und {2} wählen</translation>
    </message>
    <message>
        <source>choose its folder, {1}</source>
        <translation>seinen Ordner wählen, {1}</translation>
    </message>
    <message>
        <source>choose none</source>
        <translation>none wählen</translation>
    </message>
    <message>
        <source>choose of {1}</source>
        <translation>eine davon wählen: {1}</translation>
    </message>
    <message>
        <source>choose of {1}, or write {{ for a brace</source>
        <translation>eine davon wählen: {1}; oder {{ für eine geschweifte Klammer schreiben</translation>
    </message>
    <message>
        <source>choose one of {1}</source>
        <translation>eines davon wählen: {1}</translation>
    </message>
    <message>
        <source>choose other targets</source>
        <translation>andere Ziele wählen</translation>
    </message>
    <message>
        <source>choose some modules</source>
        <translation>einige Module wählen</translation>
    </message>
    <message>
        <source>choose the base model that the adapter was trained on</source>
        <translation>das Grundmodell wählen, auf dem der Adapter trainiert wurde</translation>
    </message>
    <message>
        <source>choose the model in float32, bfloat16 or float16</source>
        <translation>das Modell in float32, bfloat16 oder float16 wählen</translation>
    </message>
    <message>
        <source>choose the model in it, {1}</source>
        <translation>das Modell darin wählen, {1}</translation>
    </message>
    <message>
        <source>choose the model in it, {1} (or one of {2} others beside it)</source>
        <translation>das Modell darin wählen, {1} (oder eines von {2} weiteren daneben)</translation>
    </message>
    <message>
        <source>choose the model in its safetensors form</source>
        <translation>das Modell in seiner safetensors-Form wählen</translation>
    </message>
    <message>
        <source>choose the model that the adapter was made for</source>
        <translation>das Modell wählen, für das der Adapter gemacht wurde</translation>
    </message>
    <message>
        <source>choose the original model in float32, bfloat16 or float16; the studio can quantise it while it trains</source>
        <translation>das ursprüngliche Modell in float32, bfloat16 oder float16 wählen; das Studio kann es beim Training selbst quantisieren</translation>
    </message>
    <message>
        <source>choose {1}</source>
        <translation>{1} wählen</translation>
    </message>
    <message>
        <source>choose {1} or adapter</source>
        <translation>{1} oder adapter wählen</translation>
    </message>
    <message>
        <source>choose {1} or merged</source>
        <translation>{1} oder merged wählen</translation>
    </message>
    <message>
        <source>choose {1} or universal</source>
        <translation>{1} oder universal wählen</translation>
    </message>
    <message>
        <source>close other programs that use it, or choose a smaller model</source>
        <translation>andere Programme schließen, die ihn benutzen, oder ein kleineres Modell wählen</translation>
    </message>
    <message>
        <source>close the quote, or write a quote inside a cell twice</source>
        <translation>das Anführungszeichen schließen oder in einer Zelle zweimal schreiben</translation>
    </message>
    <message>
        <source>coarser rounding; slower where the processor has no bfloat16</source>
        <translation>gröbere Rundung; langsamer, wo der Prozessor kein bfloat16 hat</translation>
    </message>
    <message>
        <source>combine adapters of one base model</source>
        <translation>Adapter desselben Grundmodells verbinden</translation>
    </message>
    <message>
        <source>compiling the blocks</source>
        <translation>Die Blöcke werden kompiliert</translation>
    </message>
    <message>
        <source>config.json asks for compiled code from the Hub: {1}</source>
        <translation>config.json verlangt kompilierten Code vom Hub: {1}</translation>
    </message>
    <message>
        <source>config.json asks to run code that came with the model: it has {1}</source>
        <translation>config.json verlangt, Code auszuführen, der mit dem Modell kam: sie hat {1}</translation>
    </message>
    <message>
        <source>config.json asks to run code that came with the model: it has {1} ({2})</source>
        <translation>config.json verlangt, Code auszuführen, der mit dem Modell kam: sie hat {1} ({2})</translation>
    </message>
    <message>
        <source>config.json does not say its model_type</source>
        <translation>config.json nennt keinen model_type</translation>
    </message>
    <message>
        <source>config.json has {1} {2}, where a whole number from 1 to {3} belongs</source>
        <translation>config.json hat {1} {2}, wo eine ganze Zahl von 1 bis {3} hingehört</translation>
    </message>
    <message>
        <source>config.json is not valid: {1}</source>
        <translation>config.json ist nicht gültig: {1}</translation>
    </message>
    <message>
        <source>config.json names its own weight file, {1}</source>
        <translation>config.json nennt eine eigene Gewichtsdatei, {1}</translation>
    </message>
    <message>
        <source>conv1d</source>
        <translation>conv1d</translation>
    </message>
    <message>
        <source>convert it to plain LoRA with the program that made it, or merge it there</source>
        <translation>ihn mit dem Programm, das ihn gemacht hat, in einfaches LoRA umwandeln oder dort verschmelzen</translation>
    </message>
    <message>
        <source>convolution</source>
        <translation>Faltung</translation>
    </message>
    <message>
        <source>copy it again</source>
        <translation>sie noch einmal kopieren</translation>
    </message>
    <message>
        <source>copy the folder again</source>
        <translation>den Ordner noch einmal kopieren</translation>
    </message>
    <message>
        <source>correct r or rank_pattern in the config; the scale depends on them</source>
        <translation>r oder rank_pattern in der Konfiguration berichtigen; die Stärke hängt davon ab</translation>
    </message>
    <message>
        <source>correct that value, or get the file again from its source</source>
        <translation>diesen Wert berichtigen oder die Datei noch einmal von ihrer Quelle holen</translation>
    </message>
    <message>
        <source>correct the file</source>
        <translation>die Datei berichtigen</translation>
    </message>
    <message>
        <source>corrected by {1} earlier run</source>
        <translation>nach {1} früherem Lauf berichtigt</translation>
    </message>
    <message>
        <source>corrected by {1} earlier runs</source>
        <translation>nach {1} früheren Läufen berichtigt</translation>
    </message>
    <message>
        <source>data files of the kind without ending are not known</source>
        <translation>Datendateien ohne Endung sind nicht bekannt</translation>
    </message>
    <message>
        <source>data files of the kind {1} are not known</source>
        <translation>Datendateien der Art {1} sind nicht bekannt</translation>
    </message>
    <message>
        <source>data.max_length is {1}, but the model reads at most {2} tokens</source>
        <translation>data.max_length ist {1}, aber das Modell liest höchstens {2} Token</translation>
    </message>
    <message>
        <source>did you mean {1}</source>
        <translation>gemeint ist vielleicht {1}</translation>
    </message>
    <message>
        <source>do not use this copy; get the model again from a source you trust</source>
        <translation>diese Fassung nicht benutzen; das Modell noch einmal aus einer vertrauenswürdigen Quelle holen</translation>
    </message>
    <message>
        <source>download model.safetensors into this folder</source>
        <translation>model.safetensors in diesen Ordner laden</translation>
    </message>
    <message>
        <source>download the missing files again</source>
        <translation>die fehlenden Dateien noch einmal laden</translation>
    </message>
    <message>
        <source>download the missing index, or rename the single file</source>
        <translation>den fehlenden Index laden oder die einzelne Datei umbenennen</translation>
    </message>
    <message>
        <source>downloading</source>
        <translation>wird geladen</translation>
    </message>
    <message>
        <source>downloads are switched off by HF_HUB_OFFLINE</source>
        <translation>Laden vom Hub ist durch HF_HUB_OFFLINE abgeschaltet</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Embedding</translation>
    </message>
    <message>
        <source>encoding</source>
        <translation>wird kodiert</translation>
    </message>
    <message>
        <source>evaluating</source>
        <translation>wird ausgewertet</translation>
    </message>
    <message>
        <source>every pair of the adapter has a matrix of zeros, so it would do nothing</source>
        <translation>jedes Paar des Adapters hat eine Matrix aus Nullen, er würde also nichts bewirken</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>export after it ends, or choose {1} where that exists</source>
        <translation>nach seinem Ende exportieren oder {1} wählen, falls vorhanden</translation>
    </message>
    <message>
        <source>faster; learns less: the lower layers stay as they are</source>
        <translation>schneller; lernt weniger: die unteren Schichten bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>fetch it in the data panel; lora-studio train does so by itself</source>
        <translation>ihn im Bereich Daten holen; lora-studio train tut es von selbst</translation>
    </message>
    <message>
        <source>files of the kind {1}</source>
        <translation>Dateien der Art {1}</translation>
    </message>
    <message>
        <source>fill it or leave the row out</source>
        <translation>füllen oder die Zeile weglassen</translation>
    </message>
    <message>
        <source>fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>fingerprint of {1}</source>
        <translation>Fingerabdruck von {1}</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>free some space</source>
        <translation>Platz schaffen</translation>
    </message>
    <message>
        <source>free some space and resume the run</source>
        <translation>Platz schaffen und den Lauf fortsetzen</translation>
    </message>
    <message>
        <source>free some space and try again</source>
        <translation>Platz schaffen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>free some space or choose another disk</source>
        <translation>Platz schaffen oder eine andere Festplatte wählen</translation>
    </message>
    <message>
        <source>free some space or choose another folder; nothing was left behind</source>
        <translation>Platz schaffen oder einen anderen Ordner wählen; nichts blieb zurück</translation>
    </message>
    <message>
        <source>free some space, choose another folder, or keep fewer checkpoints</source>
        <translation>Platz schaffen, einen anderen Ordner wählen oder weniger Sicherungspunkte behalten</translation>
    </message>
    <message>
        <source>free some space, or move the cache with HF_HOME</source>
        <translation>Platz schaffen oder den Cache mit HF_HOME verlegen</translation>
    </message>
    <message>
        <source>free space there, or set LORA_STUDIO_HOME to another disk</source>
        <translation>dort Platz schaffen oder LORA_STUDIO_HOME auf eine andere Festplatte legen</translation>
    </message>
    <message>
        <source>free {1} MB and resume, or stop without saving</source>
        <translation>{1} MB Platz schaffen und fortsetzen, oder beenden, ohne zu sichern</translation>
    </message>
    <message>
        <source>from a measurement of this model</source>
        <translation>aus einer Messung dieses Modells</translation>
    </message>
    <message>
        <source>fully trained modules</source>
        <translation>ganz trainierte Module</translation>
    </message>
    <message>
        <source>get the file again from its source</source>
        <translation>die Datei noch einmal von ihrer Quelle holen</translation>
    </message>
    <message>
        <source>get the model again from its source</source>
        <translation>das Modell noch einmal von seiner Quelle holen</translation>
    </message>
    <message>
        <source>get the model again from its source, or load it in float32 or bfloat16 if it overflows in float16</source>
        <translation>das Modell noch einmal von seiner Quelle holen, oder in float32 oder bfloat16 laden, falls es in float16 überläuft</translation>
    </message>
    <message>
        <source>get the model again from its source; config and weights may belong to different models</source>
        <translation>das Modell noch einmal von seiner Quelle holen; Konfiguration und Gewichte gehören vielleicht zu verschiedenen Modellen</translation>
    </message>
    <message>
        <source>get the tokenizer files again from their source</source>
        <translation>die Dateien des Tokenizers noch einmal von ihrer Quelle holen</translation>
    </message>
    <message>
        <source>give a YAML text file</source>
        <translation>eine YAML-Textdatei angeben</translation>
    </message>
    <message>
        <source>give a number above 0, up to 1</source>
        <translation>eine Zahl über 0 und bis 1 angeben</translation>
    </message>
    <message>
        <source>give a number above 0; at 0 the adapter would do nothing</source>
        <translation>eine Zahl über 0 angeben; bei 0 würde der Adapter nichts bewirken</translation>
    </message>
    <message>
        <source>give a number from 0 to below 1</source>
        <translation>eine Zahl von 0 bis unter 1 angeben</translation>
    </message>
    <message>
        <source>give a whole number from 1 up</source>
        <translation>eine ganze Zahl ab 1 angeben</translation>
    </message>
    <message>
        <source>give at least model and data</source>
        <translation>wenigstens Modell und Daten angeben</translation>
    </message>
    <message>
        <source>give at least {1} ({2}), or choose fewer targets</source>
        <translation>mindestens {1} ({2}) angeben oder weniger Ziele wählen</translation>
    </message>
    <message>
        <source>give each turn a text</source>
        <translation>jedem Gesprächsbeitrag einen Text geben</translation>
    </message>
    <message>
        <source>give it a dropout of 0</source>
        <translation>ihm Dropout 0 geben</translation>
    </message>
    <message>
        <source>give it a text or leave the row out</source>
        <translation>einen Text eintragen oder die Zeile weglassen</translation>
    </message>
    <message>
        <source>give it another name</source>
        <translation>ihm einen anderen Namen geben</translation>
    </message>
    <message>
        <source>give it the ending of what it is: .csv, .jsonl or .json</source>
        <translation>ihr die Endung dessen geben, was sie ist: .csv, .jsonl oder .json</translation>
    </message>
    <message>
        <source>give more data, choose a smaller rank, or start these targets another way</source>
        <translation>mehr Daten angeben, einen kleineren Rang wählen oder diese Ziele anders beginnen lassen</translation>
    </message>
    <message>
        <source>give {1}</source>
        <translation>richtig wäre {1}</translation>
    </message>
    <message>
        <source>go back to an earlier checkpoint, and train with a smaller learning rate</source>
        <translation>zu einem früheren Sicherungspunkt zurückgehen und mit einer kleineren Lernrate trainieren</translation>
    </message>
    <message>
        <source>have it saved again</source>
        <translation>ihn noch einmal speichern lassen</translation>
    </message>
    <message>
        <source>have it saved again by the program that made it</source>
        <translation>ihn von dem Programm, das ihn gemacht hat, noch einmal speichern lassen</translation>
    </message>
    <message>
        <source>have it saved again: half a pair would do nothing</source>
        <translation>ihn noch einmal speichern lassen: ein halbes Paar würde nichts bewirken</translation>
    </message>
    <message>
        <source>have it saved as {1} by the program that made it</source>
        <translation>ihn von dem Programm, das ihn gemacht hat, als {1} speichern lassen</translation>
    </message>
    <message>
        <source>have it saved in PEFT&apos;s layout</source>
        <translation>ihn in der Anordnung von PEFT speichern lassen</translation>
    </message>
    <message>
        <source>hold control characters</source>
        <translation>enthalten Steuerzeichen</translation>
    </message>
    <message>
        <source>hold invisible characters (zero width, or marks of direction)</source>
        <translation>enthalten unsichtbare Zeichen (ohne Breite, oder Richtungsmarken)</translation>
    </message>
    <message>
        <source>hold �, where a character was lost</source>
        <translation>enthalten �, wo ein Zeichen verloren ging</translation>
    </message>
    <message>
        <source>if HF_ENDPOINT names a mirror, try without it</source>
        <translation>falls HF_ENDPOINT einen Spiegel nennt, ohne ihn versuchen</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>it does not say which architecture it is</source>
        <translation>es nennt seine Architektur nicht</translation>
    </message>
    <message>
        <source>it has half of a surrogate pair (\ud800 to \udfff)</source>
        <translation>darin ist ein halbes Surrogatpaar (\ud800 bis \udfff)</translation>
    </message>
    <message>
        <source>it has no weights</source>
        <translation>es hat keine Gewichte</translation>
    </message>
    <message>
        <source>it has none: write hub:{1}</source>
        <translation>es gibt keinen: hub:{1} schreiben</translation>
    </message>
    <message>
        <source>it has {1}</source>
        <translation>vorhanden: {1}</translation>
    </message>
    <message>
        <source>it holds a {1} where an object belongs</source>
        <translation>darin steht {1}, wo ein Objekt hingehört</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>zu tief verschachtelt</translation>
    </message>
    <message>
        <source>it only holds other modules</source>
        <translation>es enthält nur andere Module</translation>
    </message>
    <message>
        <source>it runs code of its own</source>
        <translation>es führt eigenen Code aus</translation>
    </message>
    <message>
        <source>it scales by a vector, not by a matrix</source>
        <translation>es skaliert mit einem Vektor, nicht mit einer Matrix</translation>
    </message>
    <message>
        <source>its layout has version {1}, this program reads {2}</source>
        <translation>seine Anordnung hat Version {1}, dieses Programm liest {2}</translation>
    </message>
    <message>
        <source>its weight is packed, not floating point</source>
        <translation>sein Gewicht ist gepackt, nicht in Gleitkommazahlen</translation>
    </message>
    <message>
        <source>join them: at most {1} are read</source>
        <translation>sie verbinden: höchstens {1} werden gelesen</translation>
    </message>
    <message>
        <source>keep the chosen answers: data.columns {&quot;prompt&quot;: &quot;prompt&quot;, &quot;completion&quot;: &quot;chosen&quot;}</source>
        <translation>die gewählten Antworten behalten: data.columns {&quot;prompt&quot;: &quot;prompt&quot;, &quot;completion&quot;: &quot;chosen&quot;}</translation>
    </message>
    <message>
        <source>leave it out of the targets</source>
        <translation>es nicht als Ziel nehmen</translation>
    </message>
    <message>
        <source>leave it out, or choose another variant</source>
        <translation>es weglassen oder ein anderes Verfahren wählen</translation>
    </message>
    <message>
        <source>leave it out, or export another format</source>
        <translation>es weglassen oder ein anderes Format exportieren</translation>
    </message>
    <message>
        <source>leave it out: an adapter in one of its places would pull the two apart</source>
        <translation>es weglassen: ein Adapter an einer seiner Stellen zöge die beiden auseinander</translation>
    </message>
    <message>
        <source>leave the grouped convolutions out and train again</source>
        <translation>die gruppierten Faltungen weglassen und neu trainieren</translation>
    </message>
    <message>
        <source>leave the row out</source>
        <translation>die Zeile weglassen</translation>
    </message>
    <message>
        <source>line {1}</source>
        <translation>Zeile {1}</translation>
    </message>
    <message>
        <source>line {1}, column {2}: {3}</source>
        <translation>Zeile {1}, Spalte {2}: {3}</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>linear-like</source>
        <translation>ähnlich linear</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>wird geladen</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message>
        <source>log in with `hf auth login`, and check that the account may read this data set</source>
        <translation>mit `hf auth login` anmelden und prüfen, ob das Konto diesen Datensatz lesen darf</translation>
    </message>
    <message>
        <source>log in with `hf auth login`, and check that the account may read this model</source>
        <translation>mit `hf auth login` anmelden und prüfen, ob das Konto dieses Modell lesen darf</translation>
    </message>
    <message>
        <source>longer rows lose their ends</source>
        <translation>längere Zeilen verlieren ihr Ende</translation>
    </message>
    <message>
        <source>look as if they were read in a wrong encoding (Ã©, â€™)</source>
        <translation>sehen aus, als wären sie in einer falschen Kodierung gelesen (Ã©, â€™)</translation>
    </message>
    <message>
        <source>look at a row in the token lens</source>
        <translation>eine Zeile in der Token-Ansicht ansehen</translation>
    </message>
    <message>
        <source>look at the comparison in the receipt before you rely on it</source>
        <translation>vor dem Einsatz den Vergleich im Beleg ansehen</translation>
    </message>
    <message>
        <source>look at them before you rely on the result</source>
        <translation>sie ansehen, ehe man sich auf das Ergebnis verlässt</translation>
    </message>
    <message>
        <source>looking at the data</source>
        <translation>Daten werden angesehen</translation>
    </message>
    <message>
        <source>looking at the targets&apos; inputs</source>
        <translation>Eingaben der Ziele werden angesehen</translation>
    </message>
    <message>
        <source>loralib has no such</source>
        <translation>loralib kennt so etwas nicht</translation>
    </message>
    <message>
        <source>lower the learning rate, add warmup or clip the gradient; the last checkpoint is still good</source>
        <translation>die Lernrate senken, Aufwärmen hinzufügen oder den Gradienten begrenzen; der letzte Sicherungspunkt ist noch gut</translation>
    </message>
    <message>
        <source>make the batch or data.max_length smaller, lower the rank, or turn gradient checkpointing on; then resume or start again</source>
        <translation>den Stapel oder data.max_length verkleinern, den Rang senken oder Neu rechnen einschalten; dann fortsetzen oder neu beginnen</translation>
    </message>
    <message>
        <source>max_norm rewrites its weight on every call</source>
        <translation>max_norm ändert sein Gewicht bei jedem Aufruf</translation>
    </message>
    <message>
        <source>measure again, on other data or in float32</source>
        <translation>noch einmal messen, an anderen Daten oder in float32</translation>
    </message>
    <message>
        <source>measure with the targets of this plan, or share the budget out in another way</source>
        <translation>mit den Zielen dieses Plans messen oder das Budget anders verteilen</translation>
    </message>
    <message>
        <source>measuring a step</source>
        <translation>ein Schritt wird gemessen</translation>
    </message>
    <message>
        <source>measuring gradients</source>
        <translation>Gradienten werden gemessen</translation>
    </message>
    <message>
        <source>measuring the adapter</source>
        <translation>Adapter wird gemessen</translation>
    </message>
    <message>
        <source>measuring the base</source>
        <translation>Grundmodell wird gemessen</translation>
    </message>
    <message>
        <source>measuring this machine</source>
        <translation>dieser Rechner wird gemessen</translation>
    </message>
    <message>
        <source>measuring what the model keeps</source>
        <translation>was das Modell behält, wird gemessen</translation>
    </message>
    <message>
        <source>mend it or leave the row out</source>
        <translation>berichtigen oder die Zeile weglassen</translation>
    </message>
    <message>
        <source>mend it there</source>
        <translation>dort berichtigen</translation>
    </message>
    <message>
        <source>mend or remove it</source>
        <translation>berichtigen oder entfernen</translation>
    </message>
    <message>
        <source>mend the file there</source>
        <translation>die Datei dort berichtigen</translation>
    </message>
    <message>
        <source>mend the plan</source>
        <translation>den Plan berichtigen</translation>
    </message>
    <message>
        <source>merge into the 16-bit model that the base was made from, or export the adapter and keep it apart</source>
        <translation>in das 16-Bit-Modell verschmelzen, aus dem das Grundmodell entstand, oder den Adapter einzeln exportieren</translation>
    </message>
    <message>
        <source>merge into the model that was quantised, loaded as it is stored</source>
        <translation>in das Modell verschmelzen, das quantisiert wurde, geladen wie gespeichert</translation>
    </message>
    <message>
        <source>merge the adapter instead</source>
        <translation>stattdessen den Adapter verschmelzen</translation>
    </message>
    <message>
        <source>merge to float32 or bfloat16</source>
        <translation>in float32 oder bfloat16 verschmelzen</translation>
    </message>
    <message>
        <source>merge to float32 or bfloat16, or keep the adapter apart</source>
        <translation>in float32 oder bfloat16 verschmelzen oder den Adapter einzeln lassen</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>move adapter_config.json and adapter_model.safetensors to a folder of their own</source>
        <translation>adapter_config.json und adapter_model.safetensors in einen eigenen Ordner legen</translation>
    </message>
    <message>
        <source>move the file away to begin a new queue</source>
        <translation>die Datei wegräumen, um eine neue Schlange zu beginnen</translation>
    </message>
    <message>
        <source>mps was asked for, but this machine has no Apple GPU that torch can use</source>
        <translation>verlangt ist mps, aber dieser Rechner hat keine Apple-GPU, die torch nutzen kann</translation>
    </message>
    <message>
        <source>name a branch, tag or commit it has</source>
        <translation>einen vorhandenen Branch, Tag oder Commit nennen</translation>
    </message>
    <message>
        <source>name a new folder</source>
        <translation>einen neuen Ordner nennen</translation>
    </message>
    <message>
        <source>name a run, or a folder with adapter_config.json in it</source>
        <translation>einen Lauf nennen oder einen Ordner, in dem adapter_config.json liegt</translation>
    </message>
    <message>
        <source>name an eos_token in tokenizer_config.json</source>
        <translation>ein eos_token in tokenizer_config.json nennen</translation>
    </message>
    <message>
        <source>name one it has, as in hub:{1}:{2}</source>
        <translation>eine nennen, die er hat, etwa hub:{1}:{2}</translation>
    </message>
    <message>
        <source>name one of them default in the model&apos;s tokenizer_config.json</source>
        <translation>eine davon in der tokenizer_config.json des Modells default nennen</translation>
    </message>
    <message>
        <source>name one of them, as in hub:{1}/{2}</source>
        <translation>einen davon nennen, etwa hub:{1}/{2}</translation>
    </message>
    <message>
        <source>name one of them, as in hub:{1}/{2}:{3}</source>
        <translation>einen davon nennen, etwa hub:{1}/{2}:{3}</translation>
    </message>
    <message>
        <source>name one, or ask the base model alone</source>
        <translation>einen nennen oder nur das Grundmodell fragen</translation>
    </message>
    <message>
        <source>name the columns in data.columns, or rename them ({1})</source>
        <translation>die Spalten in data.columns benennen oder umbenennen ({1})</translation>
    </message>
    <message>
        <source>names look like {1}</source>
        <translation>Namen sehen aus wie {1}</translation>
    </message>
    <message>
        <source>no adapter was named</source>
        <translation>kein Adapter wurde genannt</translation>
    </message>
    <message>
        <source>no format fits the columns {1}</source>
        <translation>kein Format passt zu den Spalten {1}</translation>
    </message>
    <message>
        <source>no model can be built from config.json: {1}</source>
        <translation>aus config.json lässt sich kein Modell bauen: {1}</translation>
    </message>
    <message>
        <source>no module is chosen as a target</source>
        <translation>kein Modul ist als Ziel gewählt</translation>
    </message>
    <message>
        <source>no row has a problem</source>
        <translation>keine Zeile hat ein Problem</translation>
    </message>
    <message>
        <source>no state of an entry: {1}</source>
        <translation>kein Zustand eines Eintrags: {1}</translation>
    </message>
    <message>
        <source>not a command: {1}</source>
        <translation>kein Befehl: {1}</translation>
    </message>
    <message>
        <source>not a request: {1}</source>
        <translation>keine Anfrage: {1}</translation>
    </message>
    <message>
        <source>not an answer: {1}</source>
        <translation>keine Antwort: {1}</translation>
    </message>
    <message>
        <source>not an event: {1}</source>
        <translation>kein Ereignis: {1}</translation>
    </message>
    <message>
        <source>not of this format</source>
        <translation>nicht von diesem Format</translation>
    </message>
    <message>
        <source>nothing is known of {1} of {2} targets, such as {3}</source>
        <translation>von {1} der {2} Ziele ist nichts bekannt, etwa von {3}</translation>
    </message>
    <message>
        <source>nothing needs to be done; data.packing auto says the same</source>
        <translation>nichts ist zu tun; data.packing auto bedeutet dasselbe</translation>
    </message>
    <message>
        <source>nothing needs to be done; try the merged model before you rely on it</source>
        <translation>nichts ist zu tun; das verschmolzene Modell vor dem Einsatz ausprobieren</translation>
    </message>
    <message>
        <source>nothing to learn is left after the cut at {1} tokens</source>
        <translation>nach dem Abschneiden bei {1} Token bleibt nichts zu lernen</translation>
    </message>
    <message>
        <source>nothing was kept; check the disk and export again</source>
        <translation>nichts wurde behalten; die Festplatte prüfen und noch einmal exportieren</translation>
    </message>
    <message>
        <source>nothing was kept; export in float32, or the adapter</source>
        <translation>nichts wurde behalten; in float32 exportieren, oder den Adapter</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>one object with the keys {1}</source>
        <translation>ein Objekt mit den Schlüsseln {1}</translation>
    </message>
    <message>
        <source>order the turns as the model expects them</source>
        <translation>die Beiträge so ordnen, wie das Modell sie erwartet</translation>
    </message>
    <message>
        <source>pass a padded batch, or one adapter&apos;s rows at a time</source>
        <translation>einen aufgefüllten Stapel übergeben, oder nur Zeilen eines Adapters</translation>
    </message>
    <message>
        <source>press Download, or run `hf download {1}`; for a folder, check its path</source>
        <translation>Laden drücken oder `hf download {1}` ausführen; bei einem Ordner den Pfad prüfen</translation>
    </message>
    <message>
        <source>products in bfloat16 are {1} times as fast as in float32 on this processor</source>
        <translation>Produkte in bfloat16 sind auf diesem Prozessor {1}-mal so schnell wie in float32</translation>
    </message>
    <message>
        <source>put quotes around a cell that holds the separator or a line break</source>
        <translation>eine Zelle mit dem Trennzeichen oder einem Zeilenumbruch in Anführungszeichen setzen</translation>
    </message>
    <message>
        <source>put the tokenizer.json that belongs to the model into this folder</source>
        <translation>die tokenizer.json, die zum Modell gehört, in diesen Ordner legen</translation>
    </message>
    <message>
        <source>put {1} there</source>
        <translation>dort {1} hineinlegen</translation>
    </message>
    <message>
        <source>quote it</source>
        <translation>ihn in Anführungszeichen setzen</translation>
    </message>
    <message>
        <source>raise data.max_length or leave the row out</source>
        <translation>data.max_length erhöhen oder die Zeile weglassen</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>ranks cannot shrink while the optimizer&apos;s state is in blocks of 8 bits, which no rank has for itself</source>
        <translation>Ränge können nicht schrumpfen, solange der Zustand des Optimierers in Blöcken von 8 Bit liegt, von denen kein Rang einen für sich hat</translation>
    </message>
    <message>
        <source>ranks that begin as parts of the weight ({1}) cannot shrink: leave final_rank empty</source>
        <translation>Ränge, die als Teile des Gewichts beginnen ({1}), können nicht schrumpfen: final_rank leer lassen</translation>
    </message>
    <message>
        <source>ranks that shrink would need new code each time</source>
        <translation>für schrumpfende Ränge müsste jedes Mal neu kompiliert werden</translation>
    </message>
    <message>
        <source>ranks {1}, {2} parameters</source>
        <translation>Ränge {1}, {2} Parameter</translation>
    </message>
    <message>
        <source>read it again when it is written</source>
        <translation>sie noch einmal lesen, wenn sie fertig geschrieben ist</translation>
    </message>
    <message>
        <source>read the file in its right encoding</source>
        <translation>die Datei in ihrer richtigen Kodierung lesen</translation>
    </message>
    <message>
        <source>recurrent</source>
        <translation>rekurrent</translation>
    </message>
    <message>
        <source>reloading</source>
        <translation>wird neu geladen</translation>
    </message>
    <message>
        <source>remove it</source>
        <translation>entfernen</translation>
    </message>
    <message>
        <source>remove that key</source>
        <translation>diesen Schlüssel entfernen</translation>
    </message>
    <message>
        <source>remove the link and choose the real folder</source>
        <translation>die Verknüpfung entfernen und den wirklichen Ordner wählen</translation>
    </message>
    <message>
        <source>remove them</source>
        <translation>sie entfernen</translation>
    </message>
    <message>
        <source>remove them unless the language needs them</source>
        <translation>sie entfernen, wenn die Sprache sie nicht braucht</translation>
    </message>
    <message>
        <source>remove transformers_weights and name the file model.safetensors</source>
        <translation>transformers_weights entfernen und die Datei model.safetensors nennen</translation>
    </message>
    <message>
        <source>rename it to end in .parquet</source>
        <translation>ihr die Endung .parquet geben</translation>
    </message>
    <message>
        <source>rename one</source>
        <translation>eine umbenennen</translation>
    </message>
    <message>
        <source>rename that first</source>
        <translation>das erst umbenennen</translation>
    </message>
    <message>
        <source>repair it, or get the file again from its source</source>
        <translation>berichtigen oder die Datei noch einmal von ihrer Quelle holen</translation>
    </message>
    <message>
        <source>repair them</source>
        <translation>berichtigen</translation>
    </message>
    <message>
        <source>repair them, or have them left out in the data window</source>
        <translation>berichtigen, oder im Datenfenster weglassen lassen</translation>
    </message>
    <message>
        <source>replicated layers</source>
        <translation>wiederholte Schichten</translation>
    </message>
    <message>
        <source>restore it, or start a new run</source>
        <translation>das Frühere wiederherstellen oder einen neuen Lauf beginnen</translation>
    </message>
    <message>
        <source>resume the run from its last checkpoint; if it happens again, report it with this file</source>
        <translation>den Lauf ab dem letzten Sicherungspunkt fortsetzen; wenn es wieder geschieht, mit dieser Datei melden</translation>
    </message>
    <message>
        <source>rough, since the formula was made for other models</source>
        <translation>grob, da die Formel für andere Modelle gemacht ist</translation>
    </message>
    <message>
        <source>row {1}</source>
        <translation>Zeile {1}</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>run pip install &apos;lora-studio[quant]&apos;, or choose adamw</source>
        <translation>pip install &apos;lora-studio[quant]&apos; ausführen, oder adamw wählen</translation>
    </message>
    <message>
        <source>run pip install &apos;lora-studio[quant]&apos;, or choose none</source>
        <translation>pip install &apos;lora-studio[quant]&apos; ausführen, oder none wählen</translation>
    </message>
    <message>
        <source>sample prompt {1}{2} has {3} tokens, and the model knows {4} positions</source>
        <translation>Probefrage {1}{2} hat {3} Token, und das Modell kennt {4} Stellen</translation>
    </message>
    <message>
        <source>save it as JSON Lines, one object a line, ending in .jsonl</source>
        <translation>sie als JSON Lines speichern, ein Objekt in jeder Zeile, mit der Endung .jsonl</translation>
    </message>
    <message>
        <source>save it as UTF-8 text, or set data.encoding, perhaps to {1}</source>
        <translation>sie als UTF-8-Text speichern oder data.encoding setzen, vielleicht auf {1}</translation>
    </message>
    <message>
        <source>save it with safetensors.torch.save_file where it was made</source>
        <translation>sie dort, wo sie entstand, mit safetensors.torch.save_file speichern</translation>
    </message>
    <message>
        <source>save the rows to a file</source>
        <translation>die Zeilen in einer Datei speichern</translation>
    </message>
    <message>
        <source>save with bias=&apos;none&apos;</source>
        <translation>mit bias=&apos;none&apos; speichern</translation>
    </message>
    <message>
        <source>say which parts a MergedLinear adapts, or choose the model it was trained on</source>
        <translation>sagen, welche Teile ein MergedLinear anpasst, oder das Modell wählen, auf dem trainiert wurde</translation>
    </message>
    <message>
        <source>see the plan&apos;s keys</source>
        <translation>die Schlüssel des Plans ansehen</translation>
    </message>
    <message>
        <source>set data.loss_on to all</source>
        <translation>data.loss_on auf all setzen</translation>
    </message>
    <message>
        <source>set data.loss_on to completion or all</source>
        <translation>data.loss_on auf completion oder all setzen</translation>
    </message>
    <message>
        <source>set data.max_length to {1} or less</source>
        <translation>data.max_length auf {1} oder weniger setzen</translation>
    </message>
    <message>
        <source>set data.template to one that writes tools, or leave the row out</source>
        <translation>data.template auf eine Vorlage setzen, die Werkzeuge schreibt, oder die Zeile weglassen</translation>
    </message>
    <message>
        <source>set it back to {1}, or start a new run</source>
        <translation>wieder auf {1} setzen oder einen neuen Lauf beginnen</translation>
    </message>
    <message>
        <source>set the length to {1} or less, not {2}</source>
        <translation>die Länge auf {1} oder weniger setzen, nicht {2}</translation>
    </message>
    <message>
        <source>set training.optimizer back to the one that the run was begun with</source>
        <translation>training.optimizer wieder auf den setzen, mit dem der Lauf begann</translation>
    </message>
    <message>
        <source>set training.quantization to none</source>
        <translation>training.quantization auf none setzen</translation>
    </message>
    <message>
        <source>shorten it</source>
        <translation>kürzen</translation>
    </message>
    <message>
        <source>shorten the prompt</source>
        <translation>den Eingabetext kürzen</translation>
    </message>
    <message>
        <source>slower; nearly exact; needs bitsandbytes</source>
        <translation>langsamer; fast genau; braucht bitsandbytes</translation>
    </message>
    <message>
        <source>slower; the base is less exact; needs bitsandbytes</source>
        <translation>langsamer; das Grundmodell ist weniger genau; braucht bitsandbytes</translation>
    </message>
    <message>
        <source>something went wrong inside the window: {1}</source>
        <translation>im Fenster ging etwas schief: {1}</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>stop it first</source>
        <translation>ihn erst beenden</translation>
    </message>
    <message>
        <source>take them out of one of the two files</source>
        <translation>sie aus einer der beiden Dateien nehmen</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>Tensoren</translation>
    </message>
    <message>
        <source>the blocks are not compiled: {1}</source>
        <translation>die Blöcke werden nicht kompiliert: {1}</translation>
    </message>
    <message>
        <source>their gradient is not that of the blocks as they are</source>
        <translation>ihr Gradient ist nicht der der unveränderten Blöcke</translation>
    </message>
    <message>
        <source>they cannot be ({1}: {2})</source>
        <translation>es ging nicht ({1}: {2})</translation>
    </message>
    <message>
        <source>they were not ready after {1} s</source>
        <translation>sie waren nach {1} s nicht fertig</translation>
    </message>
    <message>
        <source>they would need {1} more than there is</source>
        <translation>es fehlte Speicher: {1} mehr wären nötig</translation>
    </message>
    <message>
        <source>this model&apos;s blocks are not known</source>
        <translation>die Blöcke dieses Modells sind nicht bekannt</translation>
    </message>
    <message>
        <source>timing the blocks</source>
        <translation>Die Zeit der Blöcke wird gemessen</translation>
    </message>
    <message>
        <source>{1} cannot be empty</source>
        <translation>{1} darf nicht leer sein</translation>
    </message>
    <message>
        <source>{1} ended with {2}</source>
        <translation>{1} endete mit {2}</translation>
    </message>
    <message>
        <source>{1} evaluation rows cannot be learnt: {2}</source>
        <translation>aus {1} Auswertungszeilen lässt sich nichts lernen: {2}</translation>
    </message>
    <message>
        <source>the A of {1} has rank {2}, but the config says {3}</source>
        <translation>das A von {1} hat Rang {2}, aber die Konfiguration sagt {3}</translation>
    </message>
    <message>
        <source>1 evaluation row cannot be learnt: {1}</source>
        <translation>aus 1 Auswertungszeile lässt sich nichts lernen: {1}</translation>
    </message>
    <message>
        <source>1 row cannot be learnt: {1}</source>
        <translation>aus 1 Zeile lässt sich nichts lernen: {1}</translation>
    </message>
    <message>
        <source>1 row cannot be learnt; most because {1}</source>
        <translation>aus 1 Zeile lässt sich nichts lernen; meist, weil: {1}</translation>
    </message>
    <message>
        <source>a number above {1}</source>
        <translation>eine Zahl über {1}</translation>
    </message>
    <message>
        <source>a number below {1}</source>
        <translation>eine Zahl unter {1}</translation>
    </message>
    <message>
        <source>a number of at least {1}</source>
        <translation>eine Zahl von mindestens {1}</translation>
    </message>
    <message>
        <source>a number of at most {1}</source>
        <translation>eine Zahl von höchstens {1}</translation>
    </message>
    <message>
        <source>about {1} days</source>
        <translation>etwa {1} Tage</translation>
    </message>
    <message>
        <source>about {1} h</source>
        <translation>etwa {1} h</translation>
    </message>
    <message>
        <source>about {1} min</source>
        <translation>etwa {1} min</translation>
    </message>
    <message>
        <source>the Arrow file is damaged or cut off: {1}</source>
        <translation>die Arrow-Datei ist beschädigt oder abgeschnitten: {1}</translation>
    </message>
    <message>
        <source>the Hub answered with status {1}</source>
        <translation>der Hub antwortete mit Status {1}</translation>
    </message>
    <message>
        <source>the Hub asks to slow down (status 429)</source>
        <translation>der Hub bittet um weniger Anfragen (Status 429)</translation>
    </message>
    <message>
        <source>the Hub does not give this data set to you (status {1})</source>
        <translation>der Hub gibt diesen Datensatz nicht her (Status {1})</translation>
    </message>
    <message>
        <source>the Hub does not give this model to you (status {1})</source>
        <translation>der Hub gibt dieses Modell nicht her (Status {1})</translation>
    </message>
    <message>
        <source>the Hub does not say how large {1} is, or what its hash is</source>
        <translation>der Hub sagt nicht, wie groß {1} ist oder welchen Hash es hat</translation>
    </message>
    <message>
        <source>the Hub has disabled this data set</source>
        <translation>der Hub hat diesen Datensatz gesperrt</translation>
    </message>
    <message>
        <source>the Hub has disabled this model</source>
        <translation>der Hub hat dieses Modell gesperrt</translation>
    </message>
    <message>
        <source>the Hub has no such data set or file</source>
        <translation>der Hub hat keinen solchen Datensatz oder keine solche Datei</translation>
    </message>
    <message>
        <source>the Hub has no such model or file</source>
        <translation>der Hub hat kein solches Modell oder keine solche Datei</translation>
    </message>
    <message>
        <source>the Hub knows no such data set, or it is private</source>
        <translation>der Hub kennt keinen solchen Datensatz, oder er ist privat</translation>
    </message>
    <message>
        <source>the Hub knows no such model, or it is private</source>
        <translation>der Hub kennt kein solches Modell, oder es ist privat</translation>
    </message>
    <message>
        <source>the Hub&apos;s answer is no list of models</source>
        <translation>die Antwort des Hubs ist keine Liste von Modellen</translation>
    </message>
    <message>
        <source>the Hub&apos;s data set {1} is not on this machine yet</source>
        <translation>der Datensatz {1} des Hubs ist noch nicht auf diesem Rechner</translation>
    </message>
    <message>
        <source>the Hub&apos;s model has no config.json</source>
        <translation>das Modell des Hubs hat keine config.json</translation>
    </message>
    <message>
        <source>the Hub&apos;s model has no safetensors weights</source>
        <translation>das Modell des Hubs hat keine safetensors-Gewichte</translation>
    </message>
    <message>
        <source>the JSON file holds {1}, not a list of rows</source>
        <translation>die JSON-Datei enthält {1}, keine Liste von Zeilen</translation>
    </message>
    <message>
        <source>the Parquet file is damaged or cut off: {1}</source>
        <translation>die Parquet-Datei ist beschädigt oder abgeschnitten: {1}</translation>
    </message>
    <message>
        <source>the Parquet file of {1} would unpack into {2}</source>
        <translation>die Parquet-Datei von {1} würde sich zu {2} entpacken</translation>
    </message>
    <message>
        <source>the adapter can learn less</source>
        <translation>der Adapter kann weniger lernen</translation>
    </message>
    <message>
        <source>the adapter claims {1} and has no matrices for it</source>
        <translation>der Adapter beansprucht {1} und hat dafür keine Matrizen</translation>
    </message>
    <message>
        <source>the adapter does not say which base model it belongs to</source>
        <translation>der Adapter sagt nicht, zu welchem Grundmodell er gehört</translation>
    </message>
    <message>
        <source>the adapter fits this model&apos;s modules, but was trained on a model of another structure</source>
        <translation>der Adapter passt zu den Modulen dieses Modells, wurde aber auf einem anders gebauten trainiert</translation>
    </message>
    <message>
        <source>the adapter has no targets, so it would do nothing</source>
        <translation>der Adapter hat keine Ziele, er würde also nichts bewirken</translation>
    </message>
    <message>
        <source>the adapter holds no tensors, so it would do nothing</source>
        <translation>der Adapter enthält keine Tensoren, er würde also nichts bewirken</translation>
    </message>
    <message>
        <source>the adapter is a pickle, which can run any code when it is opened</source>
        <translation>der Adapter ist ein Pickle, und der kann beim Öffnen beliebigen Code ausführen</translation>
    </message>
    <message>
        <source>the adapter is a {1}</source>
        <translation>der Adapter ist ein {1}</translation>
    </message>
    <message>
        <source>the adapter lacks the {1} matrix of {2}</source>
        <translation>dem Adapter fehlt die Matrix {1} von {2}</translation>
    </message>
    <message>
        <source>the adapter mixes the variants {1}, and PEFT&apos;s layout holds one</source>
        <translation>der Adapter mischt die Verfahren {1}, und die Anordnung von PEFT fasst nur eines</translation>
    </message>
    <message>
        <source>the adapter of {1} mixes the groups of a grouped convolution, and no weight computes that</source>
        <translation>der Adapter von {1} mischt die Gruppen einer gruppierten Faltung, und kein Gewicht berechnet das</translation>
    </message>
    <message>
        <source>the adapter sits on the bare parameter {1}.{2}, and PEFT takes that for a linear layer&apos;s, which it is not</source>
        <translation>der Adapter sitzt auf dem bloßen Parameter {1}.{2}, und PEFT hält den für den einer linearen Schicht, was er nicht ist</translation>
    </message>
    <message>
        <source>the adapter uses {1}, and without that it would compute something else</source>
        <translation>der Adapter benutzt {1}; ohne das würde er etwas anderes berechnen</translation>
    </message>
    <message>
        <source>the adapter was trained over a 4-bit base, and is merged into the base as it is stored: the merged model is near what was trained, not exactly that</source>
        <translation>der Adapter wurde über einem 4-Bit-Grundmodell trainiert und wird in das Grundmodell verschmolzen, wie es gespeichert ist: das verschmolzene Modell liegt nahe am Trainierten, ist aber nicht genau das</translation>
    </message>
    <message>
        <source>the adapter was trained over a 8-bit base, and is merged into the base as it is stored: the merged model is near what was trained, not exactly that</source>
        <translation>der Adapter wurde über einem 8-Bit-Grundmodell trainiert und wird in das Grundmodell verschmolzen, wie es gespeichert ist: das verschmolzene Modell liegt nahe am Trainierten, ist aber nicht genau das</translation>
    </message>
    <message>
        <source>the adapter&apos;s config has fields that are not known here: {1}</source>
        <translation>die Konfiguration des Adapters hat Felder, die hier nicht bekannt sind: {1}</translation>
    </message>
    <message>
        <source>the adapter&apos;s config has no peft_type</source>
        <translation>die Konfiguration des Adapters hat keinen peft_type</translation>
    </message>
    <message>
        <source>the adapter&apos;s config is not JSON: {1}</source>
        <translation>die Konfiguration des Adapters ist kein JSON: {1}</translation>
    </message>
    <message>
        <source>the adapter&apos;s config is not a JSON object</source>
        <translation>die Konfiguration des Adapters ist kein JSON-Objekt</translation>
    </message>
    <message>
        <source>the adapter&apos;s file has no valid header</source>
        <translation>die Datei des Adapters hat keinen gültigen Kopf</translation>
    </message>
    <message>
        <source>the adapter&apos;s file is damaged: {1}</source>
        <translation>die Datei des Adapters ist beschädigt: {1}</translation>
    </message>
    <message>
        <source>the adapter&apos;s file is empty</source>
        <translation>die Datei des Adapters ist leer</translation>
    </message>
    <message>
        <source>the adapter&apos;s pattern {1} is broken: {2}</source>
        <translation>das Muster {1} des Adapters ist fehlerhaft: {2}</translation>
    </message>
    <message>
        <source>the adapter&apos;s pattern {1} is too involved to match safely</source>
        <translation>das Muster {1} des Adapters ist zu verwickelt, um sicher geprüft zu werden</translation>
    </message>
    <message>
        <source>the adapter&apos;s state has an unknown matrix {1}</source>
        <translation>der Zustand des Adapters hat eine unbekannte Matrix {1}</translation>
    </message>
    <message>
        <source>the adapter&apos;s state lacks {1}</source>
        <translation>im Zustand des Adapters fehlt {1}</translation>
    </message>
    <message>
        <source>the adapter&apos;s target {1}... has too long a name</source>
        <translation>das Ziel {1}... des Adapters hat einen zu langen Namen</translation>
    </message>
    <message>
        <source>the adapter&apos;s tensor {1} does not begin with {2}, so PEFT would pass it over</source>
        <translation>der Tensor {1} des Adapters beginnt nicht mit {2}, PEFT würde ihn also übergehen</translation>
    </message>
    <message>
        <source>the adapter&apos;s tensor {1} holds NaN or infinity</source>
        <translation>der Tensor {1} des Adapters enthält NaN oder Unendlich</translation>
    </message>
    <message>
        <source>the adapter&apos;s tensor {1} is no matrix of an adapter</source>
        <translation>der Tensor {1} des Adapters ist keine Matrix eines Adapters</translation>
    </message>
    <message>
        <source>the adapter&apos;s tensor {1} is no matrix of real numbers: {2}, shape {3}</source>
        <translation>der Tensor {1} des Adapters ist keine Matrix reeller Zahlen: {2}, Form {3}</translation>
    </message>
    <message>
        <source>the adapter&apos;s {1} is {2}</source>
        <translation>{1} des Adapters ist {2}</translation>
    </message>
    <message>
        <source>the adapters change weights of different sizes</source>
        <translation>die Adapter ändern Gewichte verschiedener Größe</translation>
    </message>
    <message>
        <source>the architecture {1} is unknown to transformers {2}</source>
        <translation>die Architektur {1} ist transformers {2} unbekannt</translation>
    </message>
    <message>
        <source>the arguments of {1} are not an object</source>
        <translation>die Argumente von {1} sind kein Objekt</translation>
    </message>
    <message>
        <source>the arguments of {1} cannot be read as JSON: {2}</source>
        <translation>die Argumente von {1} lassen sich nicht als JSON lesen: {2}</translation>
    </message>
    <message>
        <source>the base is quantised ({1}), and the sum rounded to so few bits again would lose most of what was learnt</source>
        <translation>das Grundmodell ist quantisiert ({1}); die Summe wieder auf so wenige Bits gerundet verlöre das meiste des Gelernten</translation>
    </message>
    <message>
        <source>the batch has {1} rows, and adapters were chosen for {2}</source>
        <translation>der Stapel hat {1} Zeilen, und Adapter wurden für {2} gewählt</translation>
    </message>
    <message>
        <source>the chat template refuses this conversation: {1}</source>
        <translation>die Chat-Vorlage lehnt dieses Gespräch ab: {1}</translation>
    </message>
    <message>
        <source>the chat template took more than {1} GB of memory in one row</source>
        <translation>die Chat-Vorlage brauchte für eine Zeile mehr als {1} GB Speicher</translation>
    </message>
    <message>
        <source>the chat template took more than {1} seconds in one row</source>
        <translation>die Chat-Vorlage brauchte für eine Zeile mehr als {1} Sekunden</translation>
    </message>
    <message>
        <source>the chat template writes the turns anew, so that the earlier answers cannot be told from the prompt</source>
        <translation>die Chat-Vorlage schreibt die Beiträge um, sodass sich die früheren Antworten nicht vom Eingabetext trennen lassen</translation>
    </message>
    <message>
        <source>the chat template writes the turns anew, so that the last answer cannot be told from the prompt</source>
        <translation>die Chat-Vorlage schreibt die Beiträge um, sodass sich die letzte Antwort nicht vom Eingabetext trennen lässt</translation>
    </message>
    <message>
        <source>the checkpoint holds the state of another optimizer</source>
        <translation>der Sicherungspunkt enthält den Zustand eines anderen Optimierers</translation>
    </message>
    <message>
        <source>the checkpoint is a pickle, which can run any code when it is opened</source>
        <translation>der Sicherungspunkt ist ein Pickle, und der kann beim Öffnen beliebigen Code ausführen</translation>
    </message>
    <message>
        <source>the checkpoint {1} is damaged and was passed over</source>
        <translation>der Sicherungspunkt {1} ist beschädigt und wurde übergangen</translation>
    </message>
    <message>
        <source>the column {1} is first found behind row {2}, so it plays no part ({3})</source>
        <translation>die Spalte {1} kommt erst nach Zeile {2} vor und spielt daher keine Rolle ({3})</translation>
    </message>
    <message>
        <source>the completion is empty</source>
        <translation>die Antwort ist leer</translation>
    </message>
    <message>
        <source>the connection to the Hub ({1}) failed or was lost</source>
        <translation>die Verbindung zum Hub ({1}) scheiterte oder ging verloren</translation>
    </message>
    <message>
        <source>the connection to the Hub failed or was lost</source>
        <translation>die Verbindung zum Hub scheiterte oder ging verloren</translation>
    </message>
    <message>
        <source>the content of a turn is not text</source>
        <translation>der Inhalt eines Gesprächsbeitrags ist kein Text</translation>
    </message>
    <message>
        <source>the conversation calls or offers tools, and without a chat template there is no way to write them</source>
        <translation>das Gespräch ruft Werkzeuge auf oder bietet sie an, und ohne Chat-Vorlage lassen sie sich nicht schreiben</translation>
    </message>
    <message>
        <source>the conversation has no assistant turn</source>
        <translation>das Gespräch hat keinen Beitrag des Assistenten</translation>
    </message>
    <message>
        <source>the conversation is not a list of turns</source>
        <translation>das Gespräch ist keine Liste von Beiträgen</translation>
    </message>
    <message>
        <source>the conversation offers or calls the tool {1}, and the chat template does not write that</source>
        <translation>das Gespräch bietet das Werkzeug {1} an oder ruft es auf, und die Chat-Vorlage schreibt das nicht</translation>
    </message>
    <message>
        <source>the data are not those that the run was begun with</source>
        <translation>die Daten sind nicht die, mit denen der Lauf begann</translation>
    </message>
    <message>
        <source>the data are preference pairs (chosen, rejected), which this task does not learn from</source>
        <translation>die Daten sind Präferenzpaare (chosen, rejected), aus denen diese Aufgabe nicht lernt</translation>
    </message>
    <message>
        <source>the data changed while they were read</source>
        <translation>die Daten änderten sich, während sie gelesen wurden</translation>
    </message>
    <message>
        <source>the data file cannot be read: {1}</source>
        <translation>die Datendatei lässt sich nicht lesen: {1}</translation>
    </message>
    <message>
        <source>the data file changed while it was read</source>
        <translation>die Datendatei änderte sich, während sie gelesen wurde</translation>
    </message>
    <message>
        <source>the data file holds 0 rows</source>
        <translation>die Datendatei hat 0 Zeilen</translation>
    </message>
    <message>
        <source>the data file is a tar archive</source>
        <translation>die Datendatei ist ein tar-Archiv</translation>
    </message>
    <message>
        <source>the data file is binary, not text</source>
        <translation>die Datendatei ist binär, kein Text</translation>
    </message>
    <message>
        <source>the data file is not UTF-8 (byte 0x{1})</source>
        <translation>die Datendatei ist kein UTF-8 (Byte 0x{1})</translation>
    </message>
    <message>
        <source>the data file is not {1}</source>
        <translation>die Datendatei ist nicht in {1}</translation>
    </message>
    <message>
        <source>the data file is {1}</source>
        <translation>die Datendatei ist {1}</translation>
    </message>
    <message>
        <source>the data file looks like UTF-16, not UTF-8</source>
        <translation>die Datendatei sieht nach UTF-16 aus, nicht nach UTF-8</translation>
    </message>
    <message>
        <source>the data have no column {1}</source>
        <translation>die Daten haben keine Spalte {1}</translation>
    </message>
    <message>
        <source>the data set asks to be read with {1}, which is not done here</source>
        <translation>der Datensatz will mit {1} gelesen werden, was hier nicht geschieht</translation>
    </message>
    <message>
        <source>the data set describes its files in a way that is not understood</source>
        <translation>der Datensatz beschreibt seine Dateien auf eine Art, die nicht verstanden wird</translation>
    </message>
    <message>
        <source>the data set has no config {1}</source>
        <translation>der Datensatz hat keinen Teil {1}</translation>
    </message>
    <message>
        <source>the data set has no data files that are read</source>
        <translation>der Datensatz hat keine Datendateien, die gelesen werden</translation>
    </message>
    <message>
        <source>the data set has no data files that are read, only {1}</source>
        <translation>der Datensatz hat keine Datendateien, die gelesen werden, nur {1}</translation>
    </message>
    <message>
        <source>the data set has no split {1}, but {2}</source>
        <translation>der Datensatz hat keine Aufteilung {1}, sondern {2}</translation>
    </message>
    <message>
        <source>the data set has no such revision</source>
        <translation>der Datensatz hat keinen solchen Stand</translation>
    </message>
    <message>
        <source>the data set has several configs, {1}</source>
        <translation>der Datensatz hat mehrere Teile, {1}</translation>
    </message>
    <message>
        <source>the data set holds {1}, not rows of text</source>
        <translation>der Datensatz enthält {1}, keine Textzeilen</translation>
    </message>
    <message>
        <source>the data set is made by a script of its own, which is never run</source>
        <translation>der Datensatz entsteht durch ein eigenes Skript, das nie ausgeführt wird</translation>
    </message>
    <message>
        <source>the data set needs {1} GB more than the disk has free</source>
        <translation>der Datensatz braucht {1} GB mehr, als auf der Festplatte frei sind</translation>
    </message>
    <message>
        <source>the data set&apos;s README names files outside of it, {1}</source>
        <translation>die README des Datensatzes nennt Dateien außerhalb von ihm, {1}</translation>
    </message>
    <message>
        <source>the data set&apos;s README names {1}, which is not there or no file of rows</source>
        <translation>die README des Datensatzes nennt {1}; das fehlt oder ist keine Datei mit Zeilen</translation>
    </message>
    <message>
        <source>the data set&apos;s files are compressed, such as {1}</source>
        <translation>die Dateien des Datensatzes sind komprimiert, etwa {1}</translation>
    </message>
    <message>
        <source>the data set&apos;s owner has to grant access first</source>
        <translation>der Eigentümer des Datensatzes muss erst Zugang gewähren</translation>
    </message>
    <message>
        <source>the density is {1}</source>
        <translation>die Dichte ist {1}</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>die Festplatte ist voll</translation>
    </message>
    <message>
        <source>the disk is full: {1} was not written, what was saved before is still there</source>
        <translation>die Festplatte ist voll: {1} wurde nicht geschrieben, zuvor Gesichertes ist noch da</translation>
    </message>
    <message>
        <source>the download failed: {1}</source>
        <translation>das Laden scheiterte: {1}</translation>
    </message>
    <message>
        <source>the encoded data cannot be written: {1}</source>
        <translation>die kodierten Daten lassen sich nicht schreiben: {1}</translation>
    </message>
    <message>
        <source>the evaluation loss has not fallen for {1} evaluations: training ends here</source>
        <translation>der Auswertungsverlust ist seit {1} Auswertungen nicht gefallen: das Training endet hier</translation>
    </message>
    <message>
        <source>the export could not be written: {1}</source>
        <translation>der Export ließ sich nicht schreiben: {1}</translation>
    </message>
    <message>
        <source>the export needs {1} bytes and {2} are free</source>
        <translation>der Export braucht {1} Bytes, und {2} sind frei</translation>
    </message>
    <message>
        <source>the file has nothing for {1}</source>
        <translation>die Datei hat nichts für {1}</translation>
    </message>
    <message>
        <source>the file has the column {1} twice</source>
        <translation>die Datei hat die Spalte {1} zweimal</translation>
    </message>
    <message>
        <source>the file is damaged: {1}</source>
        <translation>die Datei ist beschädigt: {1}</translation>
    </message>
    <message>
        <source>the format has no place for {1}, DoRA</source>
        <translation>das Format hat keinen Platz für {1}, DoRA</translation>
    </message>
    <message>
        <source>the format has no place for {1}, a {2}</source>
        <translation>das Format hat keinen Platz für {1} ({2})</translation>
    </message>
    <message>
        <source>the format {1} needs {2}, the data have the columns {3}</source>
        <translation>das Format {1} braucht {2}, die Daten haben die Spalten {3}</translation>
    </message>
    <message>
        <source>the gradient is not finite at step {1}</source>
        <translation>der Gradient ist in Schritt {1} nicht endlich</translation>
    </message>
    <message>
        <source>the head of the data set&apos;s README is not YAML</source>
        <translation>der Kopf der README des Datensatzes ist kein YAML</translation>
    </message>
    <message>
        <source>the header names {1} twice</source>
        <translation>die Kopfzeile nennt {1} zweimal</translation>
    </message>
    <message>
        <source>the index points to {1}, which is not a file of this folder</source>
        <translation>der Index verweist auf {1}, was keine Datei dieses Ordners ist</translation>
    </message>
    <message>
        <source>the key {1} comes twice</source>
        <translation>der Schlüssel {1} kommt zweimal vor</translation>
    </message>
    <message>
        <source>the loss does not reach {1}</source>
        <translation>der Verlust erreicht {1} nicht</translation>
    </message>
    <message>
        <source>the loss is not finite at step {1}</source>
        <translation>der Verlust ist in Schritt {1} nicht endlich</translation>
    </message>
    <message>
        <source>the matrices of {1} are for a layer of another size</source>
        <translation>die Matrizen von {1} gehören zu einer Schicht anderer Größe</translation>
    </message>
    <message>
        <source>the matrices of {1} are in the file, but the config&apos;s target_modules do not name it</source>
        <translation>die Matrizen von {1} sind in der Datei, aber target_modules der Konfiguration nennt es nicht</translation>
    </message>
    <message>
        <source>the matrices of {1} are in the file, but the config&apos;s target_parameters name none of its weights</source>
        <translation>die Matrizen von {1} sind in der Datei, aber target_parameters der Konfiguration nennt keines seiner Gewichte</translation>
    </message>
    <message>
        <source>the matrices of {1} are not of {2} parts of {3}</source>
        <translation>die Matrizen von {1} gehören nicht zu {2} Teilen von {3}</translation>
    </message>
    <message>
        <source>the matrices of {1} are of another size</source>
        <translation>die Matrizen von {1} haben eine andere Größe</translation>
    </message>
    <message>
        <source>the matrices of {1} have no place in the model</source>
        <translation>die Matrizen von {1} haben im Modell keinen Platz</translation>
    </message>
    <message>
        <source>the matrices of {1} have no place: the model has no such module</source>
        <translation>die Matrizen von {1} haben keinen Platz: das Modell hat kein solches Modul</translation>
    </message>
    <message>
        <source>the memory of {1} is full at step {2}</source>
        <translation>der Speicher von {1} ist in Schritt {2} voll</translation>
    </message>
    <message>
        <source>the merged weight of {1} is not finite in {2}</source>
        <translation>das verschmolzene Gewicht von {1} ist in {2} nicht endlich</translation>
    </message>
    <message>
        <source>the model does not fit into the memory of {1}</source>
        <translation>das Modell passt nicht in den Speicher von {1}</translation>
    </message>
    <message>
        <source>the model has changed since the run began</source>
        <translation>das Modell hat sich geändert, seit der Lauf begann</translation>
    </message>
    <message>
        <source>the model has no linear layers that could be quantised (its own kind stores them another way)</source>
        <translation>das Modell hat keine linearen Schichten, die sich quantisieren ließen (seine eigene Art speichert sie anders)</translation>
    </message>
    <message>
        <source>the model has no module named {1}</source>
        <translation>das Modell hat kein Modul namens {1}</translation>
    </message>
    <message>
        <source>the model has no module {1}</source>
        <translation>das Modell hat kein Modul {1}</translation>
    </message>
    <message>
        <source>the model has no such revision</source>
        <translation>das Modell hat keinen solchen Stand</translation>
    </message>
    <message>
        <source>the model needs {1} GB more than the disk has free</source>
        <translation>das Modell braucht {1} GB mehr, als auf der Festplatte frei sind</translation>
    </message>
    <message>
        <source>the model reads at most {1} tokens</source>
        <translation>das Modell liest höchstens {1} Token</translation>
    </message>
    <message>
        <source>the model&apos;s owner has to grant access first</source>
        <translation>der Eigentümer des Modells muss erst Zugang gewähren</translation>
    </message>
    <message>
        <source>the notes are not a mapping</source>
        <translation>die Notizen sind keine Zuordnung</translation>
    </message>
    <message>
        <source>the override of {1} changes nothing</source>
        <translation>die Ausnahme für {1} ändert nichts</translation>
    </message>
    <message>
        <source>the plan cannot be read: {1}</source>
        <translation>der Plan lässt sich nicht lesen: {1}</translation>
    </message>
    <message>
        <source>the plan cannot be saved: {1}</source>
        <translation>der Plan lässt sich nicht speichern: {1}</translation>
    </message>
    <message>
        <source>the plan does not say {1}</source>
        <translation>der Plan nennt {1} nicht</translation>
    </message>
    <message>
        <source>the plan holds no settings</source>
        <translation>der Plan enthält keine Einstellungen</translation>
    </message>
    <message>
        <source>the plan is not valid YAML</source>
        <translation>der Plan ist kein gültiges YAML</translation>
    </message>
    <message>
        <source>the prices of all of them</source>
        <translation>die Preise von allen</translation>
    </message>
    <message>
        <source>the prompt has {1} tokens, and the model knows {2} positions</source>
        <translation>der Eingabetext hat {1} Token, und das Modell kennt {2} Stellen</translation>
    </message>
    <message>
        <source>the prompt is empty</source>
        <translation>der Eingabetext ist leer</translation>
    </message>
    <message>
        <source>the queue cannot be read: {1}</source>
        <translation>die Schlange lässt sich nicht lesen: {1}</translation>
    </message>
    <message>
        <source>the queue cannot be saved: {1}</source>
        <translation>die Schlange lässt sich nicht speichern: {1}</translation>
    </message>
    <message>
        <source>the rank is larger than {1} itself</source>
        <translation>der Rang ist größer als {1} selbst</translation>
    </message>
    <message>
        <source>the rank is larger than {1} itself and {2} more</source>
        <translation>der Rang ist größer als {1} selbst und {2} weitere</translation>
    </message>
    <message>
        <source>the rank of {1} is {2}, and it has {3} groups</source>
        <translation>der Rang von {1} ist {2}, und es hat {3} Gruppen</translation>
    </message>
    <message>
        <source>the rank to keep is {1}</source>
        <translation>der Rang, der bleiben soll, ist {1}</translation>
    </message>
    <message>
        <source>the reloaded weights are not those that were written</source>
        <translation>die neu geladenen Gewichte sind nicht die, die geschrieben wurden</translation>
    </message>
    <message>
        <source>the reloaded {1} differs from base and adapter by {2} of the largest logit, more than {3}</source>
        <translation>das neu geladene Ergebnis ({1}) weicht um {2} des größten Logits von Grundmodell und Adapter ab, mehr als {3}</translation>
    </message>
    <message>
        <source>the row has nothing to learn</source>
        <translation>aus der Zeile ist nichts zu lernen</translation>
    </message>
    <message>
        <source>the row holds a zero byte</source>
        <translation>die Zeile enthält ein Null-Byte</translation>
    </message>
    <message>
        <source>the run has no adapter yet</source>
        <translation>der Lauf hat noch keinen Adapter</translation>
    </message>
    <message>
        <source>the run is not affected; the log says more</source>
        <translation>der Lauf ist nicht betroffen; das Protokoll sagt mehr</translation>
    </message>
    <message>
        <source>the run is running</source>
        <translation>der Lauf läuft gerade</translation>
    </message>
    <message>
        <source>the run needs {1} MB on the disk, and {2} MB are free</source>
        <translation>der Lauf braucht {1} MB auf der Festplatte, und {2} MB sind frei</translation>
    </message>
    <message>
        <source>the run was begun over a base with quantization {1}, and the plan now says {2}</source>
        <translation>der Lauf begann über einem Grundmodell mit Quantisierung {1}, und der Plan sagt jetzt {2}</translation>
    </message>
    <message>
        <source>the run&apos;s folder cannot be written: {1}</source>
        <translation>in den Ordner des Laufs lässt sich nicht schreiben: {1}</translation>
    </message>
    <message>
        <source>the share of energy to keep is {1}</source>
        <translation>der Anteil der Energie, der bleiben soll, ist {1}</translation>
    </message>
    <message>
        <source>the start {1} is not known</source>
        <translation>die Startwerte {1} sind nicht bekannt</translation>
    </message>
    <message>
        <source>the target cannot be written: {1}</source>
        <translation>in das Ziel lässt sich nicht schreiben: {1}</translation>
    </message>
    <message>
        <source>the template has a mistake in line {1}: {2}</source>
        <translation>die Vorlage hat einen Fehler in Zeile {1}: {2}</translation>
    </message>
    <message>
        <source>the template {1} writes {2}, which this tokenizer does not know as one token</source>
        <translation>die Vorlage {1} schreibt {2}, was dieser Tokenizer nicht als ein Token kennt</translation>
    </message>
    <message>
        <source>the text is empty</source>
        <translation>der Text ist leer</translation>
    </message>
    <message>
        <source>the tokenizer cannot be built: {1}</source>
        <translation>der Tokenizer lässt sich nicht bauen: {1}</translation>
    </message>
    <message>
        <source>the tokenizer cannot tell which characters a token covers, so its chat template cannot be learnt from</source>
        <translation>der Tokenizer kann nicht sagen, welche Zeichen ein Token umfasst, daher lässt sich mit seiner Chat-Vorlage nicht lernen</translation>
    </message>
    <message>
        <source>the tokenizer has no end token, so a trained model would never stop writing</source>
        <translation>der Tokenizer hat kein Endetoken, ein trainiertes Modell hörte also nie auf zu schreiben</translation>
    </message>
    <message>
        <source>the tokenizer has no end-of-text token, so the model could not learn to stop</source>
        <translation>der Tokenizer hat kein Textende-Token, das Modell könnte also nicht lernen aufzuhören</translation>
    </message>
    <message>
        <source>the tokenizer has several chat templates ({1}) and none is the default</source>
        <translation>der Tokenizer hat mehrere Chat-Vorlagen ({1}), und keine ist die Vorgabe</translation>
    </message>
    <message>
        <source>the tokenizer has token {1}, but the model only has {2} embeddings</source>
        <translation>der Tokenizer hat Token {1}, aber das Modell hat nur {2} Embeddings</translation>
    </message>
    <message>
        <source>the tools are not a list of schemas with names</source>
        <translation>die Werkzeuge sind keine Liste von Schemata mit Namen</translation>
    </message>
    <message>
        <source>the tools cannot be read as JSON: {1}</source>
        <translation>die Werkzeuge lassen sich nicht als JSON lesen: {1}</translation>
    </message>
    <message>
        <source>the training stopped with {1}: {2}</source>
        <translation>das Training endete mit {1}: {2}</translation>
    </message>
    <message>
        <source>the value of {1} is not YAML</source>
        <translation>der Wert von {1} ist kein YAML</translation>
    </message>
    <message>
        <source>the weights are already quantised ({1} and {2} more)</source>
        <translation>die Gewichte sind schon quantisiert ({1} und {2} weitere)</translation>
    </message>
    <message>
        <source>the weights are already quantised ({1})</source>
        <translation>die Gewichte sind schon quantisiert ({1})</translation>
    </message>
    <message>
        <source>the weights are only there in a format that can run code when opened: {1}</source>
        <translation>die Gewichte gibt es nur in einem Format, das beim Öffnen Code ausführen kann: {1}</translation>
    </message>
    <message>
        <source>the worker process cannot be started: {1}</source>
        <translation>der Arbeitsprozess lässt sich nicht starten: {1}</translation>
    </message>
    <message>
        <source>the worker process ended with code {1}</source>
        <translation>der Arbeitsprozess endete mit Code {1}</translation>
    </message>
    <message>
        <source>the worker process ended: {1}</source>
        <translation>der Arbeitsprozess endete: {1}</translation>
    </message>
    <message>
        <source>the {1} matrix of {2} is not finite</source>
        <translation>die Matrix {1} von {2} ist nicht endlich</translation>
    </message>
    <message>
        <source>the {1} of {2} is {3}</source>
        <translation>{1} von {2} ist {3}</translation>
    </message>
    <message>
        <source>there are no adapters to combine</source>
        <translation>es gibt keine Adapter zu verbinden</translation>
    </message>
    <message>
        <source>there are no weights beside the config</source>
        <translation>bei der Konfiguration liegen keine Gewichte</translation>
    </message>
    <message>
        <source>there are not {1} directions of the target&apos;s inputs to begin from</source>
        <translation>die Eingaben des Ziels haben keine {1} Richtungen, mit denen sich beginnen ließe</translation>
    </message>
    <message>
        <source>there are weight files but neither model.safetensors nor model.safetensors.index.json: {1}</source>
        <translation>es gibt Gewichtsdateien, aber weder model.safetensors noch model.safetensors.index.json: {1}</translation>
    </message>
    <message>
        <source>there is already something at the run&apos;s folder</source>
        <translation>wo der Ordner des Laufs hin soll, liegt schon etwas</translation>
    </message>
    <message>
        <source>there is already something at the target</source>
        <translation>am Ziel liegt schon etwas</translation>
    </message>
    <message>
        <source>there is an adapter {1} already</source>
        <translation>es gibt schon einen Adapter {1}</translation>
    </message>
    <message>
        <source>there is neither a run nor an adapter at this path</source>
        <translation>an diesem Pfad ist weder ein Lauf noch ein Adapter</translation>
    </message>
    <message>
        <source>there is no adapter {1}</source>
        <translation>es gibt keinen Adapter {1}</translation>
    </message>
    <message>
        <source>there is no adapter_config.json in the adapter&apos;s folder</source>
        <translation>im Ordner des Adapters ist keine adapter_config.json</translation>
    </message>
    <message>
        <source>there is no data file at this path</source>
        <translation>an diesem Pfad ist keine Datendatei</translation>
    </message>
    <message>
        <source>there is no data file in this folder</source>
        <translation>in diesem Ordner ist keine Datendatei</translation>
    </message>
    <message>
        <source>there is no dtype {1}</source>
        <translation>es gibt keinen Zahlentyp {1}</translation>
    </message>
    <message>
        <source>there is no folder {1} here, and the Hub&apos;s model of that name is not on this machine yet</source>
        <translation>hier gibt es keinen Ordner {1}, und das Modell dieses Namens vom Hub ist noch nicht auf diesem Rechner</translation>
    </message>
    <message>
        <source>there is no format {1}</source>
        <translation>es gibt kein Format {1}</translation>
    </message>
    <message>
        <source>there is no model in this folder</source>
        <translation>in diesem Ordner ist kein Modell</translation>
    </message>
    <message>
        <source>there is no packed row {1}</source>
        <translation>es gibt keine gepackte Zeile {1}</translation>
    </message>
    <message>
        <source>there is no plan at this path</source>
        <translation>an diesem Pfad ist kein Plan</translation>
    </message>
    <message>
        <source>there is no row {1}</source>
        <translation>es gibt keine Zeile {1}</translation>
    </message>
    <message>
        <source>there is no run at this path</source>
        <translation>an diesem Pfad ist kein Lauf</translation>
    </message>
    <message>
        <source>there is no template {1}</source>
        <translation>es gibt keine Vorlage {1}</translation>
    </message>
    <message>
        <source>there is no tokenizer beside the model</source>
        <translation>beim Modell liegt kein Tokenizer</translation>
    </message>
    <message>
        <source>there is no {1}</source>
        <translation>{1} fehlt</translation>
    </message>
    <message>
        <source>there is nothing at this path</source>
        <translation>an diesem Pfad ist nichts</translation>
    </message>
    <message>
        <source>there is something else now where the run was</source>
        <translation>wo der Lauf war, liegt jetzt etwas anderes</translation>
    </message>
    <message>
        <source>this GPU computes in bfloat16</source>
        <translation>diese GPU rechnet in bfloat16</translation>
    </message>
    <message>
        <source>this GPU does not compute in bfloat16; the loss is scaled</source>
        <translation>diese GPU rechnet nicht in bfloat16; der Verlust wird skaliert</translation>
    </message>
    <message>
        <source>this attention is not known</source>
        <translation>diese Attention ist nicht bekannt</translation>
    </message>
    <message>
        <source>this does not name a data set of the Hub</source>
        <translation>das ist kein Name eines Datensatzes des Hubs</translation>
    </message>
    <message>
        <source>this folder holds GGUF weights, which cannot be trained</source>
        <translation>dieser Ordner enthält GGUF-Gewichte, die sich nicht trainieren lassen</translation>
    </message>
    <message>
        <source>this folder holds an adapter beside the model, and transformers would load both as one</source>
        <translation>dieser Ordner enthält neben dem Modell einen Adapter, und transformers würde beide als eines laden</translation>
    </message>
    <message>
        <source>this folder holds an adapter, not a model</source>
        <translation>dieser Ordner enthält einen Adapter, kein Modell</translation>
    </message>
    <message>
        <source>this folder holds {1} data files</source>
        <translation>dieser Ordner enthält {1} Datendateien</translation>
    </message>
    <message>
        <source>this is a Parquet file under another name</source>
        <translation>das ist eine Parquet-Datei unter anderem Namen</translation>
    </message>
    <message>
        <source>this is a file, not a model&apos;s folder</source>
        <translation>das ist eine Datei, nicht der Ordner eines Modells</translation>
    </message>
    <message>
        <source>this is a folder, not a data file</source>
        <translation>das ist ein Ordner, keine Datendatei</translation>
    </message>
    <message>
        <source>this is a pipe or a device, not a data file</source>
        <translation>das ist eine Pipe oder ein Gerät, keine Datendatei</translation>
    </message>
    <message>
        <source>this is not a Hub id</source>
        <translation>das ist kein Hub-Name</translation>
    </message>
    <message>
        <source>this is not a Parquet file</source>
        <translation>das ist keine Parquet-Datei</translation>
    </message>
    <message>
        <source>this is not valid JSON: {1}</source>
        <translation>das ist kein gültiges JSON: {1}</translation>
    </message>
    <message>
        <source>this line is {1}, not an object: {2}</source>
        <translation>diese Zeile ist {1}, kein Objekt: {2}</translation>
    </message>
    <message>
        <source>this model learnt from single questions: without a chat template it knows no conversation</source>
        <translation>dieses Modell hat aus einzelnen Fragen gelernt: ohne Chat-Vorlage kennt es kein Gespräch</translation>
    </message>
    <message>
        <source>this model would let documents in one row see each other, so rows of like length share a batch instead</source>
        <translation>bei diesem Modell sähen Dokumente in einer Zeile einander, daher teilen sich stattdessen Zeilen ähnlicher Länge einen Stapel</translation>
    </message>
    <message>
        <source>this row cannot be read, a quote is opened and never closed</source>
        <translation>diese Zeile lässt sich nicht lesen, ein Anführungszeichen wird geöffnet und nie geschlossen</translation>
    </message>
    <message>
        <source>this row cannot be read, its quotes are wrong: {1}</source>
        <translation>diese Zeile lässt sich nicht lesen, ihre Anführungszeichen sind falsch: {1}</translation>
    </message>
    <message>
        <source>this row has {1} cells, the header {2}</source>
        <translation>diese Zeile hat {1} Zellen, die Kopfzeile {2}</translation>
    </message>
    <message>
        <source>this row is {1}, not an object</source>
        <translation>diese Zeile ist {1}, kein Objekt</translation>
    </message>
    <message>
        <source>tick at least one module</source>
        <translation>mindestens ein Modul mit Häkchen versehen</translation>
    </message>
    <message>
        <source>tool_calls is not a list of an assistant turn</source>
        <translation>tool_calls ist keine Liste eines Assistenten-Beitrags</translation>
    </message>
    <message>
        <source>train it again with the module in target_modules</source>
        <translation>neu trainieren, mit dem Modul in target_modules</translation>
    </message>
    <message>
        <source>trained biases</source>
        <translation>trainierte Bias-Werte</translation>
    </message>
    <message>
        <source>trained token embeddings</source>
        <translation>trainierte Token-Embeddings</translation>
    </message>
    <message>
        <source>training.optimizer needs {1}, which are not installed</source>
        <translation>training.optimizer braucht {1}; das ist nicht installiert</translation>
    </message>
    <message>
        <source>training.optimizer needs {1}, which is not installed</source>
        <translation>training.optimizer braucht {1}; das ist nicht installiert</translation>
    </message>
    <message>
        <source>training.quantization needs {1}, which are not installed</source>
        <translation>training.quantization braucht {1}; das ist nicht installiert</translation>
    </message>
    <message>
        <source>training.quantization needs {1}, which is not installed</source>
        <translation>training.quantization braucht {1}; das ist nicht installiert</translation>
    </message>
    <message>
        <source>transposed-convolution</source>
        <translation>transponierte Faltung</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>wahr oder falsch</translation>
    </message>
    <message>
        <source>try again</source>
        <translation>noch einmal versuchen</translation>
    </message>
    <message>
        <source>try again in {1} seconds</source>
        <translation>in {1} Sekunden noch einmal versuchen</translation>
    </message>
    <message>
        <source>try again later</source>
        <translation>später noch einmal versuchen</translation>
    </message>
    <message>
        <source>try again when nothing writes to them</source>
        <translation>noch einmal versuchen, wenn nichts hineinschreibt</translation>
    </message>
    <message>
        <source>try again, or see the worker&apos;s log</source>
        <translation>noch einmal versuchen, oder das Protokoll des Arbeitsprozesses ansehen</translation>
    </message>
    <message>
        <source>try again; if it happens again, a smaller model or more free memory may help</source>
        <translation>noch einmal versuchen; wenn es wieder geschieht, hilft vielleicht ein kleineres Modell oder mehr freier Speicher</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>gleichmäßig</translation>
    </message>
    <message>
        <source>unpack it and choose the file in it</source>
        <translation>es entpacken und die Datei darin wählen</translation>
    </message>
    <message>
        <source>unset that variable and start again, or choose a data set that is on this machine</source>
        <translation>diese Variable löschen und neu beginnen, oder einen Datensatz wählen, der auf diesem Rechner ist</translation>
    </message>
    <message>
        <source>unset that variable and start again, or choose a model that is on this machine</source>
        <translation>diese Variable löschen und neu beginnen, oder ein Modell wählen, das auf diesem Rechner ist</translation>
    </message>
    <message>
        <source>update the window or the worker</source>
        <translation>das Fenster oder den Arbeitsprozess erneuern</translation>
    </message>
    <message>
        <source>use a later checkpoint of its training</source>
        <translation>einen späteren Sicherungspunkt seines Trainings benutzen</translation>
    </message>
    <message>
        <source>use a number or {1}</source>
        <translation>eine Zahl nehmen oder {1}</translation>
    </message>
    <message>
        <source>use an adapter that trains nothing but low-rank matrices</source>
        <translation>einen Adapter nehmen, der nur Matrizen niedrigen Rangs trainiert</translation>
    </message>
    <message>
        <source>use an earlier checkpoint of its training</source>
        <translation>einen früheren Sicherungspunkt seines Trainings nehmen</translation>
    </message>
    <message>
        <source>use another file</source>
        <translation>eine andere Datei nehmen</translation>
    </message>
    <message>
        <source>use one variant for all targets</source>
        <translation>für alle Ziele ein Verfahren nehmen</translation>
    </message>
    <message>
        <source>use system, user, assistant or tool</source>
        <translation>system, user, assistant oder tool nehmen</translation>
    </message>
    <message>
        <source>use the state of an adapter with the same ranks, over the same base model</source>
        <translation>den Zustand eines Adapters mit denselben Rängen über demselben Grundmodell nehmen</translation>
    </message>
    <message>
        <source>use the state of an adapter with the same targets, variant and start</source>
        <translation>den Zustand eines Adapters mit denselben Zielen, demselben Verfahren und denselben Startwerten nehmen</translation>
    </message>
    <message>
        <source>use the tokenizer that belongs to this model</source>
        <translation>den Tokenizer nehmen, der zu diesem Modell gehört</translation>
    </message>
    <message>
        <source>use {1}</source>
        <translation>{1} nehmen</translation>
    </message>
    <message>
        <source>use {1}, or a Jinja text</source>
        <translation>{1} nehmen, oder einen Jinja-Text</translation>
    </message>
    <message>
        <source>use_dora and the magnitudes of {1} disagree</source>
        <translation>use_dora und die Beträge von {1} widersprechen sich</translation>
    </message>
    <message>
        <source>variant</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>wait some minutes and try again</source>
        <translation>einige Minuten warten und noch einmal versuchen</translation>
    </message>
    <message>
        <source>wait, or stop it first</source>
        <translation>warten, oder ihn erst beenden</translation>
    </message>
    <message>
        <source>what {1} computes well in</source>
        <translation>worin {1} gut rechnet</translation>
    </message>
    <message>
        <source>write [{&quot;type&quot;: &quot;function&quot;, &quot;function&quot;: {&quot;name&quot;: …, &quot;parameters&quot;: …}}, …]</source>
        <translation>[{&quot;type&quot;: &quot;function&quot;, &quot;function&quot;: {&quot;name&quot;: …, &quot;parameters&quot;: …}}, …] schreiben</translation>
    </message>
    <message>
        <source>write [{function: {…}}, …]</source>
        <translation>[{function: {…}}, …] schreiben</translation>
    </message>
    <message>
        <source>write [{role, content}, …]</source>
        <translation>[{role, content}, …] schreiben</translation>
    </message>
    <message>
        <source>write [{…}, {…}]</source>
        <translation>[{…}, {…}] schreiben</translation>
    </message>
    <message>
        <source>write each turn as {role, content}</source>
        <translation>jeden Beitrag als {role, content} schreiben</translation>
    </message>
    <message>
        <source>write for example lora.rank=8</source>
        <translation>zum Beispiel lora.rank=8 schreiben</translation>
    </message>
    <message>
        <source>write hub:owner/name, with /config and :split behind it where it has several</source>
        <translation>hub:besitzer/name schreiben, mit /teil und :aufteilung dahinter, wo er mehrere hat</translation>
    </message>
    <message>
        <source>write it anew in smaller groups of rows, if you trust its source</source>
        <translation>sie in kleineren Gruppen von Zeilen neu schreiben, wenn die Quelle vertrauenswürdig ist</translation>
    </message>
    <message>
        <source>write it as owner/name</source>
        <translation>als besitzer/name schreiben</translation>
    </message>
    <message>
        <source>write one object a line, such as {&quot;prompt&quot;: &quot;…&quot;, &quot;completion&quot;: &quot;…&quot;}</source>
        <translation>ein Objekt in jede Zeile schreiben, etwa {&quot;prompt&quot;: &quot;…&quot;, &quot;completion&quot;: &quot;…&quot;}</translation>
    </message>
    <message>
        <source>write or download it again</source>
        <translation>sie noch einmal schreiben oder laden</translation>
    </message>
    <message>
        <source>write rows as objects, such as {&quot;text&quot;: &quot;…&quot;}</source>
        <translation>Zeilen als Objekte schreiben, etwa {&quot;text&quot;: &quot;…&quot;}</translation>
    </message>
    <message>
        <source>write something to go on from</source>
        <translation>etwas schreiben, woran sich anknüpfen lässt</translation>
    </message>
    <message>
        <source>write the model&apos;s path into base_model_name_or_path there</source>
        <translation>den Pfad des Modells dort in base_model_name_or_path schreiben</translation>
    </message>
    <message>
        <source>write the targets&apos; full names as patterns</source>
        <translation>die vollen Namen der Ziele als Muster schreiben</translation>
    </message>
    <message>
        <source>write {&quot;city&quot;: &quot;Rome&quot;}, for example</source>
        <translation>zum Beispiel {&quot;city&quot;: &quot;Rome&quot;} schreiben</translation>
    </message>
    <message>
        <source>write {&quot;function&quot;: {&quot;name&quot;: …, &quot;arguments&quot;: {…}}}</source>
        <translation>{&quot;function&quot;: {&quot;name&quot;: …, &quot;arguments&quot;: {…}}} schreiben</translation>
    </message>
    <message>
        <source>write {column}, and {{ or }} for a brace</source>
        <translation>{column} schreiben, und {{ oder }} für eine geschweifte Klammer</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>wird geschrieben</translation>
    </message>
    <message>
        <source>{1} and {2} more</source>
        <translation>{1} und {2} weitere</translation>
    </message>
    <message>
        <source>{1} and {2} more tensors hold values that are not finite numbers in {3}</source>
        <translation>{1} und {2} weitere Tensoren enthalten in {3} Werte, die keine endlichen Zahlen sind</translation>
    </message>
    <message>
        <source>{1} asks to run code that came with the model: it has auto_map</source>
        <translation>{1} verlangt, Code auszuführen, der mit dem Modell kam: auto_map steht darin</translation>
    </message>
    <message>
        <source>{1} at column {2}: {3}</source>
        <translation>{1} in Spalte {2}: {3}</translation>
    </message>
    <message>
        <source>{1} at column {2}: …{3}</source>
        <translation>{1} in Spalte {2}: …{3}</translation>
    </message>
    <message>
        <source>{1} cannot be a target: {2}</source>
        <translation>{1} kann kein Ziel sein: {2}</translation>
    </message>
    <message>
        <source>{1} cannot be read: {2}</source>
        <translation>{1} lässt sich nicht lesen: {2}</translation>
    </message>
    <message>
        <source>{1} cannot be {2}</source>
        <translation>{1} kann nicht {2} sein</translation>
    </message>
    <message>
        <source>{1} could be any of {2}</source>
        <translation>{1} könnte jedes davon sein: {2}</translation>
    </message>
    <message>
        <source>{1} describes tensor {2} in a way that cannot be read</source>
        <translation>{1} beschreibt Tensor {2} auf eine Art, die sich nicht lesen lässt</translation>
    </message>
    <message>
        <source>{1} did not arrive as the Hub has it ({2} of {3} bytes)</source>
        <translation>{1} kam nicht so an, wie der Hub es hat ({2} von {3} Bytes)</translation>
    </message>
    <message>
        <source>{1} gives tensor {2} a size that does not fit its shape</source>
        <translation>{1} gibt Tensor {2} eine Größe, die nicht zu seiner Form passt</translation>
    </message>
    <message>
        <source>{1} has DoRA&apos;s magnitudes, which those readers do not know</source>
        <translation>{1} hat die Beträge von DoRA, die jene Leser nicht kennen</translation>
    </message>
    <message>
        <source>{1} has a header of {2} bytes, more than the {3} allowed</source>
        <translation>{1} hat einen Kopf von {2} Bytes, mehr als die erlaubten {3}</translation>
    </message>
    <message>
        <source>{1} has a header that is no JSON object</source>
        <translation>{1} hat einen Kopf, der kein JSON-Objekt ist</translation>
    </message>
    <message>
        <source>{1} has a header that is not valid JSON</source>
        <translation>{1} hat einen Kopf, der kein gültiges JSON ist</translation>
    </message>
    <message>
        <source>{1} has a hole or an overlap before tensor {2}</source>
        <translation>{1} hat vor Tensor {2} eine Lücke oder Überschneidung</translation>
    </message>
    <message>
        <source>{1} has bytes too many: {2} bytes where its header promises {3}</source>
        <translation>{1} hat überzählige Bytes: {2}, wo der Kopf {3} verspricht</translation>
    </message>
    <message>
        <source>{1} has half a pair</source>
        <translation>{1} hat ein halbes Paar</translation>
    </message>
    <message>
        <source>{1} has no matrix</source>
        <translation>{1} hat keine Matrix</translation>
    </message>
    <message>
        <source>{1} has no weight of its own</source>
        <translation>{1} hat kein eigenes Gewicht</translation>
    </message>
    <message>
        <source>{1} has no weight_map from tensors to files</source>
        <translation>{1} hat keine weight_map von Tensoren zu Dateien</translation>
    </message>
    <message>
        <source>{1} has shape {2} where config.json asks for {3}</source>
        <translation>{1} hat die Form {2}, wo config.json {3} verlangt</translation>
    </message>
    <message>
        <source>{1} has shape {2} where config.json asks for {3}, and {4} more tensors</source>
        <translation>{1} hat die Form {2}, wo config.json {3} verlangt, und {4} weitere Tensoren</translation>
    </message>
    <message>
        <source>{1} has shape {2}, and {3} of rank {4} would need {5}</source>
        <translation>{1} hat die Form {2}, und {3} vom Rang {4} bräuchte {5}</translation>
    </message>
    <message>
        <source>{1} hold values that are not finite numbers in {2}</source>
        <translation>{1} enthält in {2} Werte, die keine endlichen Zahlen sind</translation>
    </message>
    <message>
        <source>{1} holds values that are not finite numbers</source>
        <translation>{1} enthält Werte, die keine endlichen Zahlen sind</translation>
    </message>
    <message>
        <source>{1} is a folder, not a file</source>
        <translation>{1} ist ein Ordner, keine Datei</translation>
    </message>
    <message>
        <source>{1} is a link that leads back to itself</source>
        <translation>{1} ist eine Verknüpfung, die auf sich selbst zurückführt</translation>
    </message>
    <message>
        <source>{1} is a pipe, socket or device, not a file</source>
        <translation>{1} ist eine Pipe, ein Socket oder ein Gerät, keine Datei</translation>
    </message>
    <message>
        <source>{1} is a trained bias</source>
        <translation>{1} ist ein trainierter Bias</translation>
    </message>
    <message>
        <source>{1} is a {2}, whose adapted weight meets the input whole: there is nothing to drop</source>
        <translation>{1} ist ein {2}, dessen angepasstes Gewicht die Eingabe ganz trifft: da fällt nichts weg</translation>
    </message>
    <message>
        <source>{1} is an embedding, whose A begins at zero, and {2} never trains it</source>
        <translation>{1} ist ein Embedding, dessen A bei null beginnt, und {2} trainiert es nie</translation>
    </message>
    <message>
        <source>{1} is an empty file</source>
        <translation>{1} ist eine leere Datei</translation>
    </message>
    <message>
        <source>{1} is cut short: {2} bytes of at least {3}</source>
        <translation>{1} ist abgeschnitten: {2} Bytes von mindestens {3}</translation>
    </message>
    <message>
        <source>{1} is cut short: {2} bytes where its header promises {3}</source>
        <translation>{1} ist abgeschnitten: {2} Bytes, wo der Kopf {3} verspricht</translation>
    </message>
    <message>
        <source>{1} is damaged: {2}</source>
        <translation>{1} ist beschädigt: {2}</translation>
    </message>
    <message>
        <source>{1} is held in fewer bits than ΔW needs: most of it would be rounded away</source>
        <translation>{1} liegt in weniger Bits, als ΔW braucht: das meiste würde weggerundet</translation>
    </message>
    <message>
        <source>{1} is missing</source>
        <translation>{1} fehlt</translation>
    </message>
    <message>
        <source>{1} is no kind of layer that an adapter fits</source>
        <translation>{1} ist keine Art von Schicht, zu der ein Adapter passt</translation>
    </message>
    <message>
        <source>{1} is no module of the model</source>
        <translation>{1} ist kein Modul des Modells</translation>
    </message>
    <message>
        <source>{1} is no number ({2})</source>
        <translation>{1} ist keine Zahl ({2})</translation>
    </message>
    <message>
        <source>{1} is no request</source>
        <translation>{1} ist keine Anfrage</translation>
    </message>
    <message>
        <source>{1} is no safetensors file: it has {2} bytes</source>
        <translation>{1} ist keine safetensors-Datei: sie hat {2} Bytes</translation>
    </message>
    <message>
        <source>{1} is no tensor of this format</source>
        <translation>{1} ist kein Tensor dieses Formats</translation>
    </message>
    <message>
        <source>{1} is no way to a row</source>
        <translation>{1} führt zu keiner Zeile</translation>
    </message>
    <message>
        <source>{1} is not a JSON number</source>
        <translation>{1} ist keine JSON-Zahl</translation>
    </message>
    <message>
        <source>{1} is not a role</source>
        <translation>{1} ist keine Rolle</translation>
    </message>
    <message>
        <source>{1} is not a setting</source>
        <translation>{1} ist keine Einstellung</translation>
    </message>
    <message>
        <source>{1} is not text but {2}</source>
        <translation>{1} ist kein Text, sondern {2}</translation>
    </message>
    <message>
        <source>{1} is not what was written</source>
        <translation>{1} ist nicht das, was geschrieben wurde</translation>
    </message>
    <message>
        <source>{1} is of kind {2}, which those readers do not know</source>
        <translation>{1} ist von der Art {2}, die jene Leser nicht kennen</translation>
    </message>
    <message>
        <source>{1} is the same module as {2}</source>
        <translation>{1} ist dasselbe Modul wie {2}</translation>
    </message>
    <message>
        <source>{1} is {2} MB, more than the {3} MB that are read</source>
        <translation>{1} hat {2} MB, mehr als die {3} MB, die gelesen werden</translation>
    </message>
    <message>
        <source>{1} is {2} in the state and {3} in the adapter</source>
        <translation>{1} ist {2} im Zustand und {3} im Adapter</translation>
    </message>
    <message>
        <source>{1} matches no module of this model</source>
        <translation>{1} passt auf kein Modul dieses Modells</translation>
    </message>
    <message>
        <source>{1} matches only modules that cannot be adapted: {2}, {3}</source>
        <translation>{1} passt nur auf Module, die sich nicht anpassen lassen: {2}, {3}</translation>
    </message>
    <message>
        <source>{1} names {2} tensors, more than the {3} allowed</source>
        <translation>{1} nennt {2} Tensoren, mehr als die erlaubten {3}</translation>
    </message>
    <message>
        <source>{1} of the base is not finite in {2}</source>
        <translation>{1} des Grundmodells ist in {2} nicht endlich</translation>
    </message>
    <message>
        <source>{1} of {2} evaluation rows are also training rows, so the evaluation loss flatters</source>
        <translation>{1} von {2} Auswertungszeilen sind auch Trainingszeilen, daher schmeichelt der Auswertungsverlust</translation>
    </message>
    <message>
        <source>{1} of {2} rows are left out; {3} ({4})</source>
        <translation>{1} von {2} Zeilen bleiben weg; {3} ({4})</translation>
    </message>
    <message>
        <source>{1} of {2} weight files are missing: {3}</source>
        <translation>{1} von {2} Gewichtsdateien fehlen: {3}</translation>
    </message>
    <message>
        <source>{1} of {2} weight files is missing: {3}</source>
        <translation>{1} von {2} Gewichtsdateien fehlt: {3}</translation>
    </message>
    <message>
        <source>{1} parameters do not reach for any target</source>
        <translation>{1} Parameter reichen für kein einziges Ziel</translation>
    </message>
    <message>
        <source>{1} parameters do not reach for rank {2} on all {3} targets</source>
        <translation>{1} Parameter reichen nicht für Rang {2} an allen {3} Zielen</translation>
    </message>
    <message>
        <source>{1} reads back otherwise than it was written</source>
        <translation>{1} liest sich anders zurück, als es geschrieben wurde</translation>
    </message>
    <message>
        <source>{1} rows cannot be learnt from; the first because {2}</source>
        <translation>aus {1} Zeilen lässt sich nicht lernen; bei der ersten, weil: {2}</translation>
    </message>
    <message>
        <source>{1} rows cannot be learnt: {2}</source>
        <translation>aus {1} Zeilen lässt sich nichts lernen: {2}</translation>
    </message>
    <message>
        <source>{1} rows cannot be learnt; most because {2}</source>
        <translation>aus {1} Zeilen lässt sich nichts lernen; meist, weil: {2}</translation>
    </message>
    <message>
        <source>{1} takes {2} directions out of a {3} x {4} weight</source>
        <translation>{1} nimmt {2} Richtungen aus einem Gewicht von {3} x {4}</translation>
    </message>
    <message>
        <source>{1} target up, {2} down, {3} unchanged</source>
        <translation>{1} Ziel höher, {2} niedriger, {3} unverändert</translation>
    </message>
    <message>
        <source>{1} targets up, {2} down, {3} unchanged</source>
        <translation>{1} Ziele höher, {2} niedriger, {3} unverändert</translation>
    </message>
    <message>
        <source>{1} tensors are stored as {2} without a description of how they were quantised: {3}</source>
        <translation>{1} Tensoren sind als {2} gespeichert, ohne dass beschrieben ist, wie sie quantisiert wurden: {3}</translation>
    </message>
    <message>
        <source>{1} tensors lie in more than one weight file: {2}</source>
        <translation>{1} Tensoren liegen in mehr als einer Gewichtsdatei: {2}</translation>
    </message>
    <message>
        <source>{1} tensors that config.json asks for are not in the weights: {2}</source>
        <translation>{1} Tensoren, die config.json verlangt, sind nicht in den Gewichten: {2}</translation>
    </message>
    <message>
        <source>{1} tensors that the index promises are not in their files: {2}</source>
        <translation>{1} Tensoren, die der Index verspricht, sind nicht in ihren Dateien: {2}</translation>
    </message>
    <message>
        <source>{1} times as fast, {2} s to compile</source>
        <translation>{1}-mal so schnell, {2} s kompiliert</translation>
    </message>
    <message>
        <source>{1} was asked for, but this machine has no CUDA device that torch can use</source>
        <translation>verlangt ist {1}, aber dieser Rechner hat kein CUDA-Gerät, das torch nutzen kann</translation>
    </message>
    <message>
        <source>{1} was asked for, but this machine has {2} CUDA device that torch can use</source>
        <translation>verlangt ist {1}, aber dieser Rechner hat {2} CUDA-Gerät, das torch nutzen kann</translation>
    </message>
    <message>
        <source>{1} was asked for, but this machine has {2} CUDA devices that torch can use</source>
        <translation>verlangt ist {1}, aber dieser Rechner hat {2} CUDA-Geräte, die torch nutzen kann</translation>
    </message>
    <message>
        <source>{1}, line 1</source>
        <translation>{1}, Zeile 1</translation>
    </message>
    <message>
        <source>{1}, line {2}</source>
        <translation>{1}, Zeile {2}</translation>
    </message>
    <message>
        <source>{1}, line {2}{3}</source>
        <translation>{1}, Zeile {2}{3}</translation>
    </message>
    <message>
        <source>{1}, lines {2}</source>
        <translation>{1}, Zeilen {2}</translation>
    </message>
    <message>
        <source>{1}, or have them left out in the data window</source>
        <translation>{1}, oder im Datenfenster weglassen lassen</translation>
    </message>
    <message>
        <source>{1}, or set data.bad_rows to skip</source>
        <translation>{1}, oder data.bad_rows auf skip setzen</translation>
    </message>
    <message>
        <source>{1}, rough: no earlier run has shown it</source>
        <translation>{1}, grob: noch kein früherer Lauf hat es gezeigt</translation>
    </message>
    <message>
        <source>{1}, row {2}</source>
        <translation>{1}, Zeile {2}</translation>
    </message>
    <message>
        <source>{1}, rows {2}</source>
        <translation>{1}, Zeilen {2}</translation>
    </message>
    <message>
        <source>{1}, within {2}, {3}</source>
        <translation>{1}, auf {2} genau, {3}</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>; </source>
        <translation>; </translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Training data</source>
        <translation>Trainingsdaten</translation>
    </message>
    <message>
        <source>JSONL, JSON, CSV, Parquet, Arrow or TXT; or a folder of them.</source>
        <translation>JSONL, JSON, CSV, Parquet, Arrow oder TXT; oder ein Ordner davon.</translation>
    </message>
    <message>
        <source>Mixed in</source>
        <translation>Beigemischt</translation>
    </message>
    <message>
        <source>Further data, each with a weight.</source>
        <translation>Weitere Daten, jeweils mit einem Gewicht.</translation>
    </message>
    <message>
        <source>Evaluation data</source>
        <translation>Auswertungsdaten</translation>
    </message>
    <message>
        <source>A file of its own; empty: a share of the training rows.</source>
        <translation>Eine eigene Datei; leer: ein Anteil der Trainingszeilen.</translation>
    </message>
    <message>
        <source>Evaluation share</source>
        <translation>Auswertungsanteil</translation>
    </message>
    <message>
        <source>Share of the training rows kept back for evaluation.</source>
        <translation>Anteil der Trainingszeilen, der für die Auswertung zurückbleibt.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>How a row is read; auto guesses from its columns.</source>
        <translation>Wie eine Zeile gelesen wird; auto schließt es aus den Spalten.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Which column plays which part, or a text such as &quot;Translate: {source}&quot;.</source>
        <translation>Welche Spalte welche Rolle spielt, oder ein Text wie &quot;Translate: {source}&quot;.</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>How turns are written: auto takes the tokenizer&apos;s own, where it has one; a name; or a Jinja text.</source>
        <translation>Wie Gesprächsbeiträge geschrieben werden: auto nimmt die Vorlage des Tokenizers, wo er eine hat; ein Name; oder ein Jinja-Text.</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>Of text files; auto reads UTF-8, and what begins with a byte order mark.</source>
        <translation>Von Textdateien; auto liest UTF-8 und was mit einer Bytereihenfolge-Marke beginnt.</translation>
    </message>
    <message>
        <source>Rows that cannot be learnt</source>
        <translation>Zeilen, aus denen sich nichts lernen lässt</translation>
    </message>
    <message>
        <source>Refuse the data, or leave such rows out and say so.</source>
        <translation>Die Daten ablehnen, oder solche Zeilen weglassen und es sagen.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Longer rows are cut here.</source>
        <translation>Längere Zeilen werden hier abgeschnitten.</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>Lernen aus</translation>
    </message>
    <message>
        <source>The tokens that count in the loss.</source>
        <translation>Die Token, die im Verlust zählen.</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>Packen</translation>
    </message>
    <message>
        <source>auto: rows of like length share a batch. pack: short rows share one row, unseen by each other.</source>
        <translation>auto: Zeilen ähnlicher Länge teilen sich einen Stapel. pack: kurze Zeilen teilen sich eine Zeile, ohne einander zu sehen.</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Use only the first rows; empty: all.</source>
        <translation>Nur die ersten Zeilen benutzen; leer: alle.</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Size of the adapter; larger can learn more.</source>
        <translation>Größe des Adapters; ein größerer kann mehr lernen.</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Scale is alpha / rank; usually twice the rank.</source>
        <translation>Die Stärke ist Alpha / Rang; meist das Doppelte des Rangs.</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Share of inputs dropped while training.</source>
        <translation>Anteil der Eingaben, die beim Training wegfallen.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>rsLoRA: alpha / √rank, for large ranks. DoRA: also trains each row&apos;s length; slower. LoRA-FA: A stays frozen; saves memory.</source>
        <translation>rsLoRA: Alpha / √Rang, für große Ränge. DoRA: trainiert auch die Länge jeder Zeile; langsamer. LoRA-FA: A bleibt fest; spart Speicher.</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>rsLoRA</source>
        <translation>rsLoRA</translation>
    </message>
    <message>
        <source>DoRA</source>
        <translation>DoRA</translation>
    </message>
    <message>
        <source>LoRA-FA</source>
        <translation>LoRA-FA</translation>
    </message>
    <message>
        <source>Start values</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>Gaussian, orthogonal: A random otherwise. PiSSA, OLoRA: the weight&apos;s main part; PiSSA was ahead where measured. EVA: from your data; no gain was seen.</source>
        <translation>Gaussian, orthogonal: A anders zufällig. PiSSA, OLoRA: der Hauptteil des Gewichts; PiSSA lag vorn, wo gemessen wurde. EVA: aus den Daten; kein Gewinn zu sehen.</translation>
    </message>
    <message>
        <source>default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>PiSSA</source>
        <translation>PiSSA</translation>
    </message>
    <message>
        <source>OLoRA</source>
        <translation>OLoRA</translation>
    </message>
    <message>
        <source>EVA</source>
        <translation>EVA</translation>
    </message>
    <message>
        <source>Shrink to</source>
        <translation>Schrumpfen auf</translation>
    </message>
    <message>
        <source>Ranks shrink while training, where they matter least, to this on average; empty: they stay. From twice the rank it was ahead of that rank throughout where measured.</source>
        <translation>Ränge schrumpfen beim Training dort, wo sie am wenigsten ausmachen, im Mittel hierauf; leer: sie bleiben. Vom doppelten Rang aus lag das vor diesem Rang von Anfang an, wo gemessen wurde.</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>Which modules get an adapter.</source>
        <translation>Welche Module einen Adapter bekommen.</translation>
    </message>
    <message>
        <source>Overrides</source>
        <translation>Ausnahmen</translation>
    </message>
    <message>
        <source>What differs on some targets.</source>
        <translation>Was an einigen Zielen anders ist.</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>How often every row is seen.</source>
        <translation>Wie oft jede Zeile gesehen wird.</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Optimizer steps; if given, epochs are ignored.</source>
        <translation>Schritte des Optimierers; wenn angegeben, zählen Epochen nicht.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>Rows in one pass.</source>
        <translation>Zeilen in einem Durchgang.</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>Sammeln</translation>
    </message>
    <message>
        <source>×</source>
        <translation>×</translation>
    </message>
    <message>
        <source>Passes before one step.</source>
        <translation>Durchgänge vor einem Schritt.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Step size; 1e-4 to 5e-4 is usual.</source>
        <translation>Schrittweite; 1e-4 bis 5e-4 ist üblich.</translation>
    </message>
    <message>
        <source>LoRA+ ratio</source>
        <translation>LoRA+-Faktor</translation>
    </message>
    <message>
        <source>B learns so many times faster than A; 1: as fast.</source>
        <translation>B lernt so viel Mal schneller als A; 1: gleich schnell.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>How the learning rate falls.</source>
        <translation>Wie die Lernrate fällt.</translation>
    </message>
    <message>
        <source>Warmup</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>Share of the steps in which the learning rate rises.</source>
        <translation>Anteil der Schritte, in denen die Lernrate steigt.</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>8-bit: a quarter of the optimizer&apos;s memory, which is small beside the base&apos;s; paged: moves to main memory when a GPU is full.</source>
        <translation>8 Bit: ein Viertel des Optimierer-Speichers, der neben dem des Grundmodells klein ist; paged: weicht in den Hauptspeicher aus, wenn eine GPU voll ist.</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>AdamW 8-bit</source>
        <translation>AdamW 8 Bit</translation>
    </message>
    <message>
        <source>AdamW 8-bit, paged</source>
        <translation>AdamW 8 Bit, paged</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <source>Pulls the adapter towards zero.</source>
        <translation>Zieht den Adapter zur Null.</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>Gradientengrenze</translation>
    </message>
    <message>
        <source>Longest gradient; 0: no limit.</source>
        <translation>Längster Gradient; 0: ohne Grenze.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startzahl</translation>
    </message>
    <message>
        <source>Same seed, same run.</source>
        <translation>Gleiche Startzahl, gleicher Lauf.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>auto measures what this machine is fast at; float16 is for GPUs without bfloat16.</source>
        <translation>auto misst, worin dieser Rechner schnell ist; float16 ist für GPUs ohne bfloat16.</translation>
    </message>
    <message>
        <source>Quantization</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>Holds the frozen weights in fewer bits. 4-bit: a quarter of 16-bit&apos;s memory, slower, less exact; 8-bit: half, nearly exact.</source>
        <translation>Hält die festen Gewichte in weniger Bits. 4 Bit: ein Viertel des Speichers von 16 Bit, langsamer, weniger genau; 8 Bit: die Hälfte, fast genau.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>4-bit (NF4)</source>
        <translation>4 Bit (NF4)</translation>
    </message>
    <message>
        <source>8-bit</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>Checkpointing</source>
        <translation>Neu rechnen</translation>
    </message>
    <message>
        <source>Computes blocks again instead of keeping what they computed: up to a third more time, by the share of blocks. auto: only where memory needs it. Offloaded: what blocks still keep waits in main memory; for long rows on a GPU.</source>
        <translation>Rechnet Blöcke neu, statt ihre Ergebnisse zu behalten: bis zu einem Drittel mehr Zeit, je nach Anteil der Blöcke. auto: nur wo der Speicher es verlangt. Ausgelagert: Was Blöcke noch behalten, wartet im Hauptspeicher; für lange Zeilen auf einer GPU.</translation>
    </message>
    <message>
        <source>every 4th block</source>
        <translation>jeder 4. Block</translation>
    </message>
    <message>
        <source>every 3rd block</source>
        <translation>jeder 3. Block</translation>
    </message>
    <message>
        <source>every 2nd block</source>
        <translation>jeder 2. Block</translation>
    </message>
    <message>
        <source>every block</source>
        <translation>jeder Block</translation>
    </message>
    <message>
        <source>every block, offloaded</source>
        <translation>jeder Block, ausgelagert</translation>
    </message>
    <message>
        <source>Compile</source>
        <translation>Kompilieren</translation>
    </message>
    <message>
        <source>Has torch make code of its own for the model&apos;s blocks before the first step. auto: only on a GPU, in at most two minutes and a tenth of the run, and kept where it is faster.</source>
        <translation>Lässt torch vor dem ersten Schritt eigenen Code für die Blöcke des Modells erzeugen. auto: nur auf einer GPU, in höchstens zwei Minuten und einem Zehntel des Laufs, und behalten, wo er schneller ist.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>auto, cpu, cuda, cuda:1 or mps.</source>
        <translation>auto, cpu, cuda, cuda:1 oder mps.</translation>
    </message>
    <message>
        <source>Follow the load</source>
        <translation>Der Auslastung folgen</translation>
    </message>
    <message>
        <source>On a CPU, compute with fewer threads while other programs do, where that is proven to change nothing.</source>
        <translation>Auf einer CPU mit weniger Threads rechnen, während andere Programme rechnen, wo das erwiesenermaßen nichts ändert.</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>Auswerten alle</translation>
    </message>
    <message>
        <source>auto: about ten times a run.</source>
        <translation>auto: etwa zehnmal je Lauf.</translation>
    </message>
    <message>
        <source>Sample prompts</source>
        <translation>Probefragen</translation>
    </message>
    <message>
        <source>Answered by base and adapter during the run.</source>
        <translation>Während des Laufs von Grundmodell und Adapter beantwortet.</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Stop after so many evaluations without gain; empty: never.</source>
        <translation>Nach so vielen Auswertungen ohne Gewinn beenden; leer: nie.</translation>
    </message>
    <message>
        <source>Save every</source>
        <translation>Sichern alle</translation>
    </message>
    <message>
        <source>auto: about five times a run.</source>
        <translation>auto: etwa fünfmal je Lauf.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>checkpoints</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Newest checkpoints that stay.</source>
        <translation>Neueste Sicherungspunkte, die bleiben.</translation>
    </message>
    <message>
        <source>Keep the best</source>
        <translation>Besten behalten</translation>
    </message>
    <message>
        <source>Also keep the best by evaluation loss.</source>
        <translation>Auch den besten nach dem Auswertungsverlust behalten.</translation>
    </message>
</context>
</TS>
