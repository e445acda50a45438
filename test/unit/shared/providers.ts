export { dropbox } from '../../../nodes/DropboxUpload/provider';
export { mediaScribe } from '../../../nodes/MediaScribe/provider';
export { scripe } from '../../../nodes/Scripe/provider';
export { scriptivox } from '../../../nodes/Scriptivox/provider';
export { transcripton } from '../../../nodes/Transcripton/provider';
export { whipscribe } from '../../../nodes/Whipscribe/provider';
