#!/usr/bin/env bash
# Speaks and encodes the sample recordings beside this script. The same versions of espeak-ng and
# ffmpeg give the same bytes each time, so a changed file in git is a changed sample.
set -euo pipefail
cd "$(dirname "$0")"

for tool in espeak-ng ffmpeg; do
	command -v "$tool" >/dev/null && continue
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		apt-get update -qq && apt-get install -y -qq --no-install-recommends espeak-ng ffmpeg
	else
		echo "make.sh needs $tool: install espeak-ng and ffmpeg" >&2
		exit 1
	fi
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# speak FILE VOICE TEXT: one sentence as a WAV file in the work folder.
speak() {
	espeak-ng -v "$2" -s 165 -w "$work/$1.wav" "$3"
}

# encode OUTPUT ARGUMENT...: ffmpeg without dates, versions and random stream numbers in the file.
encode() {
	local output=$1
	shift
	ffmpeg -nostdin -loglevel error -y "$@" -map_metadata -1 \
		-fflags +bitexact -flags:a +bitexact -flags:v +bitexact -ac 1 "$output"
}

speak briefing en-us 'Good morning. Every recording in this folder becomes a transcript.'
speak question en-gb 'How long did it take you to set up the workflow?'
speak answer en-us+f3 'Five minutes. I dropped a file, and the text was there.'
speak memo en-gb+f2 'Note to myself: send the minutes to the team before lunch.'
speak podcast en-us+m3 'Welcome to the show. Today we let the computer listen, and we read along.'
speak demo en-us+f4 'This video has a single picture. Only its sound is written down.'

encode morning-briefing.wav -i "$work/briefing.wav" -ar 16000
encode 'customer interview.mp3' -i "$work/question.wav" -i "$work/answer.wav" \
	-filter_complex 'concat=n=2:v=0:a=1' -c:a libmp3lame -b:a 32k
encode voice-memo.m4a -i "$work/memo.wav" -c:a aac -b:a 32k
encode podcast-intro.ogg -i "$work/podcast.wav" -ar 16000 -c:a libopus -b:a 24k

# Bars like those of a level meter; one encoder thread, because more of them vary the bytes.
seconds=$(ffprobe -loglevel error -show_entries format=duration -of csv=p=0 "$work/demo.wav")
picture="color=0x0f172a:size=320x180:rate=5:duration=$seconds"
for bar in 60:80:20 100:50:80 140:30:120 180:60:60 220:40:100 260:75:30; do
	IFS=: read -r x y height <<<"$bar"
	picture+=",drawbox=x=$x:y=$y:w=16:h=$height:color=0x2dd4bf:t=fill"
done
encode product-demo.mp4 -f lavfi -i "$picture" -i "$work/demo.wav" \
	-c:v libx264 -threads 1 -tune stillimage -pix_fmt yuv420p -c:a aac -b:a 32k -movflags +faststart
