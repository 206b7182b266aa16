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
        <source>{0} {1} to {2}</source>
        <translation>{0} {1} zu {2}</translation>
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
        <translation>Spur hinzufügen</translation>
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
        <translation>Anhalten</translation>
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
        <translation>Exportieren …</translation>
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
        <translation>Jetzt sichern</translation>
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
        <source>All answers are the same</source>
        <translation>Alle Antworten sind gleich</translation>
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
        <translation>Kopieren als</translation>
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
        <source>Both answers are the same</source>
        <translation>Beide Antworten sind gleich</translation>
    </message>
    <message>
        <source>The answers differ</source>
        <translation>Die Antworten unterscheiden sich</translation>
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
        <source>{0} left</source>
        <translation>noch {0}</translation>
    </message>
    <message>
        <source>{0} tokens/s</source>
        <translation>{0} Token/s</translation>
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
        <translation>Anhalten</translation>
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
        <translation>Sicherungspunkte</translation>
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
